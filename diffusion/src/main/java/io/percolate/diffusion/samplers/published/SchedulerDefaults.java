package io.percolate.diffusion.samplers.published;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Collects the options of a {@link SchedulerClass}: those that several classes share have a method each. */
final class SchedulerDefaults {

    private final Map<String, Object> values = new TreeMap<>();

    /** Of models distilled on a few timesteps. */
    static SchedulerDefaults distilled() {
        return new SchedulerDefaults()
                .training(0.00085, 0.012, "scaled_linear")
                .with("original_inference_steps", 50)
                .with("timestep_scaling", 10.0)
                .clipping(false)
                .thresholding()
                .with("set_alpha_to_one", true)
                .timesteps("leading")
                .zeroSnr();
    }

    SchedulerDefaults with(String option, Object value) {
        values.put(option, value);
        return this;
    }

    /** What the network was trained on. */
    SchedulerDefaults training(double start, double end, String schedule) {
        return with("num_train_timesteps", 1000)
                .with("beta_start", start)
                .with("beta_end", end)
                .with("beta_schedule", schedule)
                .with("trained_betas", null)
                .with("prediction_type", "epsilon");
    }

    SchedulerDefaults zeroSnr() {
        return with("rescale_betas_zero_snr", false);
    }

    SchedulerDefaults clipping(boolean clip) {
        return with("clip_sample", clip).with("clip_sample_range", 1.0);
    }

    SchedulerDefaults thresholding() {
        return with("thresholding", false)
                .with("dynamic_thresholding_ratio", 0.995)
                .with("sample_max_value", 1.0);
    }

    SchedulerDefaults timesteps(String spacing) {
        return with("timestep_spacing", spacing).with("steps_offset", 0);
    }

    SchedulerDefaults sigmas() {
        return with("use_karras_sigmas", false)
                .with("use_exponential_sigmas", false)
                .with("use_beta_sigmas", false);
    }

    SchedulerDefaults sigmaLimits() {
        return with("sigma_min", null).with("sigma_max", null);
    }

    /** A solver in log-SNR, which may also run rectified flows. */
    SchedulerDefaults solver(String type, boolean lowerOrderFinal) {
        return thresholding()
                .sigmas()
                .with("solver_order", 2)
                .with("solver_type", type)
                .with("lower_order_final", lowerOrderFinal)
                .with("use_flow_sigmas", false)
                .with("flow_shift", 1.0)
                .with("use_dynamic_shifting", false)
                .with("time_shift_type", "exponential");
    }

    SchedulerDefaults dpmSolver() {
        return with("algorithm_type", "dpmsolver++")
                .with("lambda_min_clipped", Double.NEGATIVE_INFINITY)
                .with("variance_type", null);
    }

    Map<String, Object> values() {
        return Collections.unmodifiableMap(values);
    }
}
