package io.percolate.studio.api;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.studio.gallery.Gallery;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.Intake;
import io.percolate.studio.http.JobStream;
import io.percolate.studio.http.Routes;
import io.percolate.studio.work.GenerationWork;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/generate}: the events {@code queued}, {@code step}, {@code preview}, {@code image}, and at the end {@code
 * done} or {@code error}. What is wrong before the first event is answered with a status as usual.
 */
public final class GenerateRoutes implements Routes {

    private final Intake intake;
    private final Gallery gallery;

    public GenerateRoutes(Intake intake, Gallery gallery) {
        this.intake = intake;
        this.gallery = gallery;
    }

    @Override
    public void addTo(Javalin server) {
        server.post("/api/generate", this::generate);
    }

    private void generate(Context context) {
        GenerationBody asked = intake.body()
                .json(
                        context,
                        json -> GenerationBody.read(
                                json, intake.limits(), intake.catalogue().firstModel()));
        GenerationWork work = new GenerationWork(asked.request(), asked.previews());
        new Images(context, asked.gallery()).run(listener -> intake.queues().run(asked.model(), work, listener));
    }

    /** Turns previews and images into events. */
    private final class Images extends JobStream {

        private final boolean keep;

        Images(Context context, boolean keep) {
            super(context);
            this.keep = keep;
        }

        @Override
        public void previewed(List<BufferedImage> previews) {
            List<String> images = previews.stream()
                    .map(image -> Answers.base64(Answers.png(image)))
                    .toList();
            stream().send("preview", Map.of("images", images));
        }

        @Override
        public void generated(int index, GeneratedImage image) {
            byte[] png = Answers.png(image);
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("index", index);
            values.put("seed", image.seed());
            values.put("settings", image.text().settings());
            values.put("parameters", image.text().format());
            values.put("png", Answers.base64(png));
            if (keep) {
                values.put("id", gallery.add(png));
            }
            stream().send("image", values);
        }
    }
}
