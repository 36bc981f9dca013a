package io.percolate.diffusion.unet.published;

import io.percolate.files.JsonConfig;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads the keys of a published config that take more than one form.
 *
 * @param json the config
 */
record ConfigKeys(JsonConfig json) {

    /** A number, or nothing if the key is absent or null. */
    OptionalInt optional(String key) {
        return json.isNull(key) ? OptionalInt.empty() : OptionalInt.of(json.integer(key));
    }

    /** Absent is the default; null says that there is none. */
    boolean isExplicitNull(String key) {
        return json.isNull(key) && json.values().containsKey(key);
    }

    /** One number for each of {@code count} levels; a single one is for all of them. */
    List<Integer> perLevel(String key, int count, int otherwise) {
        return json.isNull(key) ? Collections.nCopies(count, otherwise) : json.integers(key, count);
    }

    /** The one of {@code supported} that {@code naming} gives this name. */
    static <T> T named(String key, String name, List<T> supported, Function<T, String> naming) {
        return supported.stream()
                .filter(value -> naming.apply(value).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(key + " " + name + " is not supported, only "
                        + supported.stream().map(naming).collect(Collectors.joining(", "))));
    }

    static void require(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }
}
