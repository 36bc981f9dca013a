package io.percolate.diffusion.samplers.published;

import io.percolate.files.JsonConfig;
import io.percolate.weights.tensors.WeightsException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads choices out of published configs. */
public final class Options {

    private Options() {}

    /** A constant by its name in lower case; {@code otherwise} if the key is absent. */
    public static <E extends Enum<E>> E choice(JsonConfig config, String key, Class<E> type, E otherwise) {
        String name = config.string(key, name(otherwise));
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> name(constant).equals(name))
                .findFirst()
                .orElseThrow(() -> refused(
                        config,
                        key,
                        name,
                        Arrays.stream(type.getEnumConstants())
                                .map(Options::name)
                                .collect(Collectors.joining(", "))));
    }

    /** An order of accuracy between 1 and {@code highest}. */
    public static int order(JsonConfig config, int highest) {
        int order = config.integer("solver_order", 2);
        if (order < 1 || order > highest) {
            throw refused(config, "solver_order", Integer.toString(order), "1 to " + highest);
        }
        return order;
    }

    /** Refuses every value of {@code key} but one, which is also what an absent key means. */
    public static void require(JsonConfig config, String key, String only) {
        String value = config.string(key, only);
        if (!value.equals(only)) {
            throw refused(config, key, value, only);
        }
    }

    /** Refuses networks that also say a variance: solvers of differential equations name no other kind. */
    public static void refuseLearnedVariance(JsonConfig config) {
        String type = config.string("variance_type", "fixed_small");
        if (type.startsWith("learned")) {
            throw refused(config, "variance_type", type, "fixed_small, fixed_large");
        }
    }

    public static WeightsException refused(JsonConfig config, String key, String value, String known) {
        return new WeightsException(config.source() + ": " + key + " is " + value + ", supported: " + known);
    }

    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
