package io.percolate.studio.openai;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.studio.gallery.RecentImages;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.ClientConnection;
import io.percolate.studio.http.Collected;
import io.percolate.studio.http.Intake;
import io.percolate.studio.http.Routes;
import io.percolate.studio.work.GenerationWork;
import io.percolate.studio.work.ModelChoice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/models}, {@code /v1/images/generations} and {@code /v1/images/edits}. */
public final class OpenAiRoutes implements Routes {

    private final Intake intake;
    private final RecentImages recent;

    public OpenAiRoutes(Intake intake, RecentImages recent) {
        this.intake = intake;
        this.recent = recent;
    }

    @Override
    public void addTo(Javalin server) {
        server.get("/v1/models", this::models);
        server.post("/v1/images/generations", this::generate);
        server.post("/v1/images/edits", this::edit);
    }

    private void models(Context context) {
        List<Map<String, Object>> models = intake.catalogue().modelNames().stream()
                .map(name ->
                        Map.<String, Object>of("id", name, "object", "model", "created", 0, "owned_by", "percolate"))
                .toList();
        Answers.json(context, Map.of("object", "list", "data", models));
    }

    private void generate(Context context) {
        answer(
                context,
                intake.body()
                        .json(
                                context,
                                json -> OpenAiRequest.read(
                                        json,
                                        intake.limits(),
                                        intake.catalogue().firstModel())));
    }

    private void edit(Context context) {
        EditForm form = new EditForm(context, intake.limits());
        answer(
                context,
                intake.body().form(context, () -> form.read(intake.catalogue().firstModel())));
    }

    private void answer(Context context, OpenAiRequest asked) {
        Collected collected = new Collected(new ClientConnection(context));
        ModelChoice model = new ModelChoice(asked.model(), List.of());
        intake.queues().run(model, new GenerationWork(asked.request(), false), collected);
        List<Map<String, Object>> data = collected.images().stream()
                .map(image -> values(image, asked.byAddress(), context))
                .toList();
        Answers.json(context, Map.of("created", Instant.now().getEpochSecond(), "data", data));
    }

    private Map<String, Object> values(GeneratedImage image, boolean byAddress, Context context) {
        byte[] png = Answers.png(image);
        Map<String, Object> values = new LinkedHashMap<>();
        if (byAddress) {
            String host = context.scheme() + "://" + context.header("Host");
            values.put("url", host + "/images/" + recent.add(png) + ".png");
        } else {
            values.put("b64_json", Answers.base64(png));
        }
        values.put("seed", image.seed());
        return values;
    }
}
