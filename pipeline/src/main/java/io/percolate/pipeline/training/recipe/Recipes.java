package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The recipes that the embedded model was trained with. */
final class Recipes {

    private Recipes() {}

    /** The recipe file {@code name} beside this class. */
    static JsonConfig embedded(String name) {
        try (InputStream in = Recipes.class.getResourceAsStream(name)) {
            return JsonConfig.parse(name, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recipe " + name + ": " + e.getMessage(), e);
        }
    }
}
