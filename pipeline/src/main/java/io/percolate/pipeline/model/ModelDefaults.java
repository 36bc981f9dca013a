package io.percolate.pipeline.model;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.fewstep.FewSteps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a request gets that leaves it open. Models trained here keep it in {@code percolate.json} in their folder, which
 * other programs ignore.
 *
 * @param name of the model, which generated images carry
 * @param width of its images in pixels
 * @param height of its images in pixels
 * @param steps inference steps
 * @param guidanceScale of classifier-free guidance
 * @param nullClass the label that stands for no class, for class-conditional models trained with label dropout: what
 *     guidance needs
 * @param fewSteps what is known of sampling it in a few steps; not written
 */
public record ModelDefaults(
        String name, int width, int height, int steps, double guidanceScale, OptionalInt nullClass, FewSteps fewSteps) {

    private static final String FILE = "percolate.json";
    private static final String NULL_CLASS = "null_class";

    /** Defaults of a model that has no null class. */
    public ModelDefaults(String name, int width, int height, int steps, double guidanceScale) {
        this(name, width, height, steps, guidanceScale, OptionalInt.empty(), FewSteps.NONE);
    }

    /** These defaults with {@code label} standing for no class. */
    public ModelDefaults withNullClass(int label) {
        return new ModelDefaults(name, width, height, steps, guidanceScale, OptionalInt.of(label), fewSteps);
    }

    /** These defaults of a model of which this is known; what is unknown changes nothing. */
    ModelDefaults with(FewSteps few) {
        return new ModelDefaults(
                name,
                few.side(width),
                few.side(height),
                few.steps(steps),
                few.guidanceScale(guidanceScale),
                nullClass,
                FewSteps.strongest(Stream.of(few, fewSteps)));
    }

    /** Whether {@code model} is a folder with such a file. */
    static boolean isIn(Path model) {
        return Files.exists(model.resolve(FILE));
    }

    /** Reads the file in {@code folder}, if there is one, over {@code usual}. */
    static ModelDefaults read(Path folder, ModelDefaults usual) {
        if (!isIn(folder)) {
            return usual;
        }
        JsonConfig json = JsonConfig.read(folder.resolve(FILE));
        ModelDefaults defaults = new ModelDefaults(
                json.string("name", usual.name),
                json.integer("width", usual.width),
                json.integer("height", usual.height),
                json.integer("steps", usual.steps),
                json.number("guidance_scale", usual.guidanceScale),
                json.isNull(NULL_CLASS) ? OptionalInt.empty() : OptionalInt.of(json.integer(NULL_CLASS)),
                usual.fewSteps);
        json.refuseUnread(Map.of());
        return defaults;
    }

    /** Writes the file into {@code folder}. */
    public void write(Path folder) {
        Map<String, Object> values = new TreeMap<>();
        values.put("name", name);
        values.put("width", width);
        values.put("height", height);
        values.put("steps", steps);
        values.put("guidance_scale", guidanceScale);
        nullClass.ifPresent(label -> values.put(NULL_CLASS, label));
        JsonConfig.of(values).write(folder.resolve(FILE));
    }
}
