package io.percolate.pipeline.model;

import io.percolate.files.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

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
 */
public record ModelDefaults(
        String name, int width, int height, int steps, double guidanceScale, OptionalInt nullClass) {

    private static final String FILE = "percolate.json";
    private static final String NULL_CLASS = "null_class";

    /** Defaults of a model that has no null class. */
    public ModelDefaults(String name, int width, int height, int steps, double guidanceScale) {
        this(name, width, height, steps, guidanceScale, OptionalInt.empty());
    }

    /** These defaults with {@code label} standing for no class. */
    public ModelDefaults withNullClass(int label) {
        return new ModelDefaults(name, width, height, steps, guidanceScale, OptionalInt.of(label));
    }

    /** Reads the file in {@code folder}, if there is one, over {@code usual}. */
    static ModelDefaults read(Path folder, ModelDefaults usual) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return usual;
        }
        JsonConfig json = JsonConfig.read(file);
        ModelDefaults defaults = new ModelDefaults(
                json.string("name", usual.name),
                json.integer("width", usual.width),
                json.integer("height", usual.height),
                json.integer("steps", usual.steps),
                json.number("guidance_scale", usual.guidanceScale),
                json.isNull(NULL_CLASS) ? OptionalInt.empty() : OptionalInt.of(json.integer(NULL_CLASS)));
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
