package io.percolate.pipeline.training.recipe;

import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A section of a recipe.
 *
 * @param json its keys
 */
public record RecipeSection(JsonConfig json) {

    /** The section {@code name} of {@code recipe}, empty if there is none. */
    public static RecipeSection of(JsonConfig recipe, String name) {
        return new RecipeSection(
                recipe.section(name).orElseGet(() -> JsonConfig.of(recipe.source() + ": " + name, Map.of())));
    }

    /** Reads the section; what is wrong is said with its name. */
    public <T> T read(Function<JsonConfig, T> reader) {
        try {
            return reader.apply(json);
        } catch (BadFileException e) {
            throw new RecipeException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new RecipeException(json.source() + ": " + e.getMessage(), e);
        }
    }

    /** The same for a section that has no keys but {@code known}. */
    public <T> T read(Function<JsonConfig, T> reader, Set<String> known) {
        RecipeOverlay.refuseUnknown(json.source(), known, json.values().keySet());
        return read(reader);
    }

    /** The constant of {@code type} that {@code key} names, or {@code usual}. */
    public static <E extends Enum<E>> E choice(JsonConfig json, String key, Class<E> type, E usual) {
        return constant(key, json.string(key, name(usual)), type);
    }

    /** The constant of {@code type} that is called {@code name} in {@code key}. */
    public static <E extends Enum<E>> E constant(String key, String name, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " is " + name + ", choose from "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(RecipeSection::name)
                                        .toList())));
    }

    /** Fails with the name of a key whose value makes no sense; apart from all defaults, which wait for each other. */
    public static void require(boolean holds, String key, double value) {
        if (!holds) {
            throw new IllegalArgumentException(key + " " + value + " is out of range");
        }
    }

    /** How a recipe calls {@code constant}. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
