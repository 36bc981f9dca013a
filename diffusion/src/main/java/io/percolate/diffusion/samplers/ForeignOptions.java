package io.percolate.diffusion.samplers;

import io.percolate.weights.JsonConfig;
import java.util.Map;
import java.util.Set;

/** The options of published configs that no sampler here has. */
final class ForeignOptions {

    /** Options of other samplers: configs that were converted from one class to another carry them along. */
    private static final Set<String> OF_OTHER_SAMPLERS = Set.of(
            "set_alpha_to_one",
            "final_sigmas_type",
            "variance_type",
            "skip_prk_steps",
            "solver_order",
            "solver_type",
            "algorithm_type",
            "lower_order_final",
            "predict_x0",
            "original_inference_steps",
            "timestep_scaling");

    /** Options that change the result, and the value that leaves it as it is. */
    private static final Map<String, Object> HARMLESS = Map.ofEntries(
            Map.entry("use_beta_sigmas", false),
            Map.entry("use_lu_lambdas", false),
            Map.entry("use_flow_sigmas", false),
            Map.entry("flow_shift", 1.0),
            Map.entry("use_dynamic_shifting", false),
            Map.entry("time_shift_type", "exponential"),
            Map.entry("lambda_min_clipped", Double.NEGATIVE_INFINITY),
            Map.entry("euler_at_final", false),
            Map.entry("disable_corrector", new int[0]),
            Map.entry("interpolation_type", "linear"),
            Map.entry("timestep_type", "discrete"));

    private ForeignOptions() {}

    /** Fails if the config holds an option that nobody has read and that would change the result. */
    static void refuse(JsonConfig config) {
        OF_OTHER_SAMPLERS.forEach(config::isNull);
        config.refuseUnread(HARMLESS);
    }
}
