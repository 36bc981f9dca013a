package io.percolate.pipeline.training.recipe;

import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the JSON of a recipe says. It is laid over another recipe, section by section and key by key: what it does not
 * mention stays as it is. A section of another {@code _class_name} is the exception, whose keys mean something else: it
 * takes the place of the whole section. A key that is null counts as absent.
 */
public final class RecipeOverlay {

    private static final String CLASS = "_class_name";

    private final JsonConfig json;

    private RecipeOverlay(JsonConfig json) {
        this.json = json;
    }

    /** Reads a file. */
    public static RecipeOverlay read(Path file) {
        return read(() -> JsonConfig.read(file));
    }

    /** Reads a stream to its end, and leaves it open. */
    public static RecipeOverlay read(InputStream in) {
        try {
            byte[] json = in.readAllBytes();
            return read(() -> JsonConfig.parse("recipe", json));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recipe: " + e.getMessage(), e);
        }
    }

    /** Reads JSON text. */
    public static RecipeOverlay parse(String text) {
        return read(() -> JsonConfig.parse("recipe", text.getBytes(StandardCharsets.UTF_8)));
    }

    private static RecipeOverlay read(Supplier<JsonConfig> json) {
        try {
            return new RecipeOverlay(json.get());
        } catch (BadFileException wrong) {
            throw new RecipeException(wrong.getMessage(), wrong);
        }
    }

    /** These values. */
    static RecipeOverlay of(Map<String, ?> values) {
        return of("recipe", values);
    }

    /** These values, which {@code source} has: messages name it. */
    public static RecipeOverlay of(String source, Map<String, ?> values) {
        return new RecipeOverlay(JsonConfig.of(source, values));
    }

    /**
     * The whole recipe.
     *
     * @param base the recipe underneath, with every key that it can have
     * @throws RecipeException if this has a key that the base has not; it lists those that there are
     */
    public JsonConfig over(Map<String, ?> base) {
        return JsonConfig.of(json.source(), merged(json.source(), base, json.values()));
    }

    private static Map<String, Object> merged(String where, Map<String, ?> base, Map<String, ?> changes) {
        refuseUnknown(where, base.keySet(), changes.keySet());
        Map<String, Object> merged = new TreeMap<>(base);
        changes.forEach((key, value) -> merged.put(key, merged(where + ": " + key, base.get(key), value)));
        return merged;
    }

    private static Object merged(String where, Object base, Object change) {
        return base instanceof Map<?, ?> below && change instanceof Map<?, ?> above && isSameClass(below, above)
                ? merged(where, texts(below), texts(above))
                : change;
    }

    private static boolean isSameClass(Map<?, ?> base, Map<?, ?> change) {
        return change.get(CLASS) == null || change.get(CLASS).equals(base.get(CLASS));
    }

    /** Fails if there are other keys than those {@code known}; those that begin with an underscore do not count. */
    static void refuseUnknown(String where, Set<String> known, Set<String> keys) {
        for (String key : keys) {
            if (!known.contains(key) && !key.startsWith("_")) {
                TreeSet<String> choice = new TreeSet<>(known);
                choice.removeIf(name -> name.startsWith("_"));
                throw new RecipeException(
                        where + ": nothing is called " + key + ", choose from " + String.join(", ", choice));
            }
        }
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        Map<String, Object> texts = new TreeMap<>();
        map.forEach((key, value) -> texts.put((String) key, value));
        return texts;
    }
}
