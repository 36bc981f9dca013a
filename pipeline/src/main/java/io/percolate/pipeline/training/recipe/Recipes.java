package io.percolate.pipeline.training.recipe;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** What the recipes share: their sections, and those that the embedded model was trained with. */
final class Recipes {

    private Recipes() {}

    /** The section {@code name}, empty if there is none. */
    static JsonConfig section(JsonConfig json, String name) {
        return json.section(name).orElse(JsonConfig.of(Map.of()));
    }

    /** The recipe file {@code name} beside this class. */
    static JsonConfig embedded(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream(name)) {
            Map<String, Object> values = new ObjectMapper().readValue(in, new TypeReference<>() {});
            return JsonConfig.of(values);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recipe " + name + ": " + e.getMessage(), e);
        }
    }
}
