package io.percolate.diffusion.samplers.published;

import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads choices out of published configs. */
final class Options {

    private Options() {}

    /** A constant by its name in lower case; {@code otherwise} if the key is absent. */
    static <E extends Enum<E>> E choice(JsonConfig json, String key, Class<E> type, E otherwise) {
        String name = json.string(key, name(otherwise));
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> refused(
                        json,
                        key,
                        name,
                        Arrays.stream(type.getEnumConstants())
                                .map(Options::name)
                                .collect(Collectors.joining(", "))));
    }

    /** Refuses every value of {@code key} but one, which is also what an absent key means. */
    static void require(JsonConfig json, String key, String only) {
        String value = json.string(key, only);
        if (!value.equals(only)) {
            throw refused(json, key, value, only);
        }
    }

    static BadFileException refused(JsonConfig json, String key, String value, String supported) {
        return new BadFileException(json.source() + ": " + key + " is " + value + ", supported: " + supported);
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
