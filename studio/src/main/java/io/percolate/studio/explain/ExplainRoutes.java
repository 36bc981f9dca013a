package io.percolate.studio.explain;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.Intake;
import io.percolate.studio.http.JobStream;
import io.percolate.studio.http.Routes;
import io.percolate.studio.request.LimitedRequest;
import io.percolate.studio.request.Limits;
import io.percolate.studio.work.ChainFrame;
import io.percolate.studio.work.ModelChoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code POST /api/explain}: a stream with the event {@code frame} for every moment of both chains. */
public final class ExplainRoutes implements Routes {

    private final Intake intake;
    /** Every frame is decoded, and kept by whoever looks at it. */
    private static final int MOST_STEPS = 60;

    public ExplainRoutes(Intake intake) {
        this.intake = intake;
    }

    @Override
    public void addTo(Javalin server) {
        server.post("/api/explain", this::explain);
    }

    /**
     * What is to be explained.
     *
     * @param model by its name
     * @param work both chains
     */
    private record Explanation(String model, ChainWork work) {}

    private void explain(Context context) {
        Explanation asked = intake.body().json(context, this::read);
        Frames frames = new Frames(context);
        frames.run(listener -> intake.queues().run(new ModelChoice(asked.model, List.of()), asked.work, listener));
    }

    private Explanation read(JsonConfig json) {
        ChainWork work = new ChainWork(
                request(json, json.number("guidance_scale")).build(),
                request(json, 1).build());
        String model = json.string("model", intake.catalogue().firstModel());
        json.refuseUnread(Map.of());
        return new Explanation(model, work);
    }

    private LimitedRequest request(JsonConfig json, double guidanceScale) {
        Limits limits = intake.limits();
        Limits few = new Limits(limits.pixels(), Math.min(MOST_STEPS, limits.steps()), 1, 1, limits.bodyBytes());
        LimitedRequest request = new LimitedRequest(few, json.string("prompt"));
        request.steps(json.integer("steps"));
        request.seed(json.longInteger("seed"));
        request.guidanceScale(guidanceScale);
        return request;
    }

    /** Turns moments into events. */
    private static final class Frames extends JobStream {

        Frames(Context context) {
            super(context);
        }

        @Override
        public void explained(ChainFrame frame) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("guided", frame.guided());
            values.put("step", frame.step());
            values.put("timestep", Double.isNaN(frame.timestep()) ? null : frame.timestep());
            values.put("latents", Answers.base64(Answers.png(frame.latents())));
            values.put("predicted_latents", Answers.base64(Answers.png(frame.predictedLatents())));
            values.put("predicted", Answers.base64(Answers.png(frame.predicted())));
            stream().send("frame", values);
        }

        @Override
        public void generated(int index, GeneratedImage image) {
            stream().send("image", Map.of("index", index, "png", Answers.base64(Answers.png(image))));
        }
    }
}
