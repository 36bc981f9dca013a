package io.percolate.pipeline.training.recipe;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** What the recipes share: their sections, and those that the embedded model was trained with. */
final class Recipes {

    private Recipes() {}

    /** Reads {@code file}; what is wrong in it is a {@link RecipeException}. */
    static <T> T read(Path file, Function<JsonConfig, T> reading) {
        try {
            return reading.apply(JsonConfig.read(file));
        } catch (BadFileException wrong) {
            throw new RecipeException(wrong.getMessage(), wrong);
        } catch (IllegalArgumentException wrong) {
            throw new RecipeException(file + ": " + wrong.getMessage(), wrong);
        }
    }

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
