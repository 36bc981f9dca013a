package io.percolate.studio.api;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.conditioning.tokenizer.ClipTokenizer;
import io.percolate.conditioning.tokenizer.Tokens;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.files.BadFileException;
import io.percolate.pipeline.model.ModelTokenizer;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.http.Intake;
import io.percolate.studio.http.Routes;
import io.percolate.studio.request.ControlOptions;
import io.percolate.studio.request.Limits;
import io.percolate.studio.work.Job;
import io.percolate.studio.work.LoadedModels;
import io.percolate.studio.work.WorkQueues;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What there is to choose from, what is going on, and how a prompt is read. */
public final class ListRoutes implements Routes {

    private final Intake intake;
    private final LoadedModels models;

    public ListRoutes(Intake intake, LoadedModels models) {
        this.intake = intake;
        this.models = models;
    }

    @Override
    public void addTo(Javalin server) {
        server.get("/api/models", this::listModels);
        server.get("/api/samplers", context -> Answers.json(context, Map.of("samplers", samplers())));
        server.get("/api/queue", this::queue);
        server.post("/api/tokens", this::tokens);
    }

    private void listModels(Context context) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("first", intake.catalogue().firstModel());
        values.put(
                "models",
                intake.catalogue().modelNames().stream().map(this::model).toList());
        values.put("loras", intake.catalogue().loraNames());
        values.put("few_steps", fewSteps());
        values.put("controlnets", intake.catalogue().controlNets().keySet());
        values.put("preprocessors", ControlOptions.preprocessors());
        Limits limits = intake.limits();
        values.put("limits", Map.of("pixels", limits.pixels(), "steps", limits.steps(), "count", limits.count()));
        Answers.json(context, values);
    }

    /** Its defaults are known once it was loaded. */
    private Map<String, Object> model(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", name);
        models.defaults(name).ifPresent(defaults -> {
            values.put("width", defaults.width());
            values.put("height", defaults.height());
            values.put("steps", defaults.steps());
            values.put("guidance_scale", defaults.guidanceScale());
        });
        return values;
    }

    /** What a request with such a LoRA gets that leaves it open. */
    private Map<String, Object> fewSteps() {
        Map<String, Object> values = new LinkedHashMap<>();
        intake.catalogue()
                .fewSteps()
                .forEach((name, few) ->
                        values.put(name, Map.of("steps", few.steps(1), "guidance_scale", few.guidanceScale(1))));
        return values;
    }

    private static List<String> samplers() {
        return Arrays.stream(SamplerKind.values()).map(SamplerKind::toString).toList();
    }

    private void queue(Context context) {
        WorkQueues queues = intake.queues();
        List<Map<String, Object>> running = queues.running().stream()
                .map(Job::progress)
                .map(progress -> Map.<String, Object>of("step", progress.step(), "steps", progress.steps()))
                .toList();
        Answers.json(context, Map.of("capacity", queues.capacity(), "waiting", queues.waiting(), "running", running));
    }

    private void tokens(Context context) {
        Answers.json(context, intake.body().json(context, json -> {
            String prompt = json.string("prompt");
            return tokens(json.string("model", intake.catalogue().firstModel()), prompt);
        }));
    }

    private Map<String, Object> tokens(String model, String prompt) {
        Path path = intake.catalogue().model(model);
        try (ClipTokenizer tokenizer =
                ModelTokenizer.open(path, intake.catalogue().embeddings(model))) {
            Tokens tokens = tokenizer.encode(prompt);
            Optional<String> cut = tokens.cut().map(Tokens.Cut::text);
            return Map.of("count", tokens.count(), "limit", tokens.ids().size(), "cut", cut.orElse(""));
        } catch (BadFileException without) {
            throw new HttpFailure(404, "this model reads no text");
        }
    }
}
