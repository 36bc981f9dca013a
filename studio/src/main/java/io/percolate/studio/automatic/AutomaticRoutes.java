package io.percolate.studio.automatic;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.files.Json;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.ClientConnection;
import io.percolate.studio.http.Collected;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.http.Intake;
import io.percolate.studio.http.Routes;
import io.percolate.studio.request.ControlOptions;
import io.percolate.studio.work.GenerationWork;
import io.percolate.studio.work.Job;
import io.percolate.studio.work.ModelChoice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /sdapi/v1}: text to image, image to image, progress, interruption, and what there is to choose from. */
public final class AutomaticRoutes implements Routes {

    private final Intake intake;
    private volatile String model;

    public AutomaticRoutes(Intake intake) {
        this.intake = intake;
        model = intake.catalogue().firstModel();
    }

    @Override
    public void addTo(Javalin server) {
        server.post("/sdapi/v1/txt2img", context -> generate(context, false));
        server.post("/sdapi/v1/img2img", context -> generate(context, true));
        server.get("/sdapi/v1/progress", this::progress);
        server.get("/sdapi/v1/samplers", context -> Answers.jsonList(context, samplers()));
        server.get("/sdapi/v1/sd-models", context -> Answers.jsonList(context, models()));
        server.get("/sdapi/v1/options", context -> Answers.json(context, Map.of("sd_model_checkpoint", model)));
        server.post("/sdapi/v1/options", this::choose);
        server.post("/sdapi/v1/interrupt", this::interrupt);
        server.get("/controlnet/model_list", context -> Answers.json(context, Map.of("model_list", controlNets())));
        server.get(
                "/controlnet/module_list",
                context -> Answers.json(context, Map.of("module_list", ControlOptions.preprocessors())));
    }

    private void generate(Context context, boolean fromImage) {
        AutomaticRequest asked = intake.body().json(context, json -> {
            if (fromImage && json.isNull("init_images")) {
                throw HttpFailure.badRequest("init_images is missing: send a list with one image");
            }
            return AutomaticRequest.read(json, intake.limits(), model);
        });
        Collected collected = new Collected(new ClientConnection(context));
        intake.queues().run(asked.model(), new GenerationWork(asked.request(), true), collected);
        Answers.json(context, values(collected.images()));
    }

    private static Map<String, Object> values(List<GeneratedImage> images) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("prompt", images.get(0).text().prompt());
        info.put("negative_prompt", images.get(0).text().negativePrompt());
        info.put("seed", images.get(0).seed());
        info.put("all_seeds", images.stream().map(GeneratedImage::seed).toList());
        info.put(
                "infotexts", images.stream().map(image -> image.text().format()).toList());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put(
                "images",
                images.stream().map(image -> Answers.base64(Answers.png(image))).toList());
        values.put("parameters", images.get(0).text().settings());
        values.put("info", new String(Json.compact(info), StandardCharsets.UTF_8));
        return values;
    }

    private void progress(Context context) {
        List<Job> running = intake.queues().running();
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("job_count", running.size());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("progress", running.isEmpty() ? 0 : running.get(0).progress().share());
        values.put(
                "eta_relative",
                running.isEmpty() ? 0 : running.get(0).progress().secondsLeft());
        values.put("state", state);
        values.put("current_image", null);
        running.stream().findFirst().ifPresent(job -> {
            state.put("sampling_step", job.progress().step());
            state.put("sampling_steps", job.progress().steps());
            job.previews().stream()
                    .findFirst()
                    .ifPresent(image -> values.put("current_image", Answers.base64(Answers.png(image))));
        });
        Answers.json(context, values);
    }

    private static List<Map<String, Object>> samplers() {
        return Arrays.stream(SamplerKind.values())
                .map(kind -> Map.<String, Object>of(
                        "name", SamplerLabel.of(kind), "aliases", List.of(kind.toString()), "options", Map.of()))
                .toList();
    }

    private List<Map<String, Object>> models() {
        return intake.catalogue().modelNames().stream()
                .map(name -> Map.<String, Object>of("title", name, "model_name", name, "filename", name))
                .toList();
    }

    private List<String> controlNets() {
        return List.copyOf(intake.catalogue().controlNets().keySet());
    }

    private void choose(Context context) {
        String name = intake.body().json(context, json -> json.string("sd_model_checkpoint", model));
        model = intake.catalogue().checked(new ModelChoice(name, List.of())).name();
        Answers.json(context, Map.of());
    }

    private void interrupt(Context context) {
        intake.queues().running().forEach(Job::cancel);
        Answers.json(context, Map.of());
    }
}
