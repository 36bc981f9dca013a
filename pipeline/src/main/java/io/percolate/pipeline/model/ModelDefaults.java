package io.percolate.pipeline.model;

import io.percolate.files.JsonConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a model is asked for when a request does not say. Models trained here keep it in {@code percolate.json} in
 * their folder, which other programs ignore.
 *
 * @param name of the model, which generated images carry
 * @param width of its images in pixels
 * @param height of its images in pixels
 * @param steps inference steps
 * @param guidanceScale of classifier-free guidance
 */
public record ModelDefaults(String name, int width, int height, int steps, double guidanceScale) {

    private static final String FILE = "percolate.json";

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
                json.number("guidance_scale", usual.guidanceScale));
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
        JsonConfig.of(values).write(folder.resolve(FILE));
    }
}
