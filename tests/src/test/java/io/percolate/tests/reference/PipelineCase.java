package io.percolate.tests.reference;

import ai.djl.ndarray.types.Shape;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.GenerationTask;
import io.percolate.tests.TestFolders;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.weights.safetensors.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A request to a whole model, and what diffusers made of it: {@code expected_NAME.json} and the tensors beside it.
 *
 * @param file the JSON file
 * @param request its content
 */
record PipelineCase(Path file, JsonConfig request) {

    /** Every case in every model folder. */
    static List<PipelineCase> all() {
        return Suite.find("*/model_index.json").stream()
                .map(Path::getParent)
                .flatMap(model -> of(model).stream())
                .toList();
    }

    /** The cases of one model folder. */
    static List<PipelineCase> of(Path model) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:expected_*.json");
        try (Stream<Path> files = Files.list(model)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .map(file -> new PipelineCase(file, JsonConfig.read(file)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return Suite.name(file);
    }

    Path model() {
        return file.getParent();
    }

    Path tensors() {
        return Path.of(file.toString().replaceFirst("json$", "safetensors"));
    }

    /** Whether it starts from an image and not from noise. */
    boolean isImageToImage() {
        try (SafeTensors expected = SafeTensors.open(tensors())) {
            return expected.has("source");
        }
    }

    List<String> prompts() {
        return texts("prompt");
    }

    /** One for each prompt, or none. */
    List<String> negativePrompts() {
        return texts("negative_prompt");
    }

    /** The scheduler's config as its own file would have it. */
    JsonConfig scheduler() {
        Map<String, Object> values =
                new TreeMap<>(request.section("scheduler_config").orElseThrow().values());
        values.put("_class_name", request.string("scheduler"));
        return JsonConfig.of(values);
    }

    /** The request for {@code task}, of the size that {@code expected} has. */
    GenerationRequest generation(Tensors expected, GenerationTask task) {
        return generation(expected.get("image").getShape(), task).build();
    }

    /** The same for an image of shape {@code size} (1,3,H,W), to be built. */
    GenerationRequest.Builder generation(Shape size, GenerationTask task) {
        return GenerationRequest.of(prompts().toArray(String[]::new))
                .negativePrompts(negativePrompts())
                .size((int) size.get(3), (int) size.get(2))
                .steps(request.integer("steps"))
                .guidanceScale(request.number("guidance_scale"))
                .task(task);
    }

    /** A copy of the base model that an adapter's case names, in {@code scratch}, with the scheduler of the case. */
    Path baseIn(Path scratch) {
        String name = request.string("base");
        Path copy = scratch.resolve(model().getFileName()).resolve(name);
        TestFolders.copy(Suite.FOLDER.resolve(name), copy);
        scheduler().write(copy.resolve("scheduler/scheduler_config.json"));
        return copy;
    }

    private List<String> texts(String key) {
        if (request.isNull(key)) {
            return List.of();
        }
        return request.isList(key) ? request.strings(key) : List.of(request.string(key));
    }
}
