package io.percolate.diffusion.samplers.published;

import io.percolate.files.JsonConfig;
import java.util.Map;

/** The options that all solvers in log-SNR share. */
final class SolverOptions {

    static final String ALGORITHM = "algorithm_type";
    static final String ORDER = "solver_order";
    static final String TYPE = "solver_type";
    private static final String LOWER_ORDER_FINAL = "lower_order_final";

    private SolverOptions() {}

    /** An order of accuracy between 1 and {@code highest}. */
    static int order(JsonConfig json, int highest) {
        int order = json.integer(ORDER, 2);
        if (order < 1 || order > highest) {
            throw Options.refused(json, ORDER, Integer.toString(order), "1 to " + highest);
        }
        return order;
    }

    static boolean lowerOrderFinal(JsonConfig json) {
        return json.flag(LOWER_ORDER_FINAL, true);
    }

    /** Refuses networks that also predict a variance: solvers of differential equations have no use for one. */
    static void refuseLearnedVariance(JsonConfig json) {
        String type = json.string("variance_type", "fixed_small");
        if (type.startsWith("learned")) {
            throw Options.refused(json, "variance_type", type, "fixed_small, fixed_large");
        }
    }

    static Map<String, Object> write(int order, String type, boolean lowerOrderFinal) {
        return Map.of(ORDER, order, TYPE, type, LOWER_ORDER_FINAL, lowerOrderFinal);
    }
}
