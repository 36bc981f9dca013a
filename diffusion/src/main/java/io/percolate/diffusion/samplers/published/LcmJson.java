package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.Lcm;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link Lcm} as the options of an {@code LCMScheduler}. */
final class LcmJson {

    static final String ORIGINAL_STEPS = "original_inference_steps";
    private static final String TIMESTEP_SCALING = "timestep_scaling";

    private LcmJson() {}

    static Lcm read(JsonConfig json) {
        return new Lcm(json.integer(ORIGINAL_STEPS, 50), json.number(TIMESTEP_SCALING, 10));
    }

    static Map<String, Object> write(Lcm sampler) {
        return Map.of(ORIGINAL_STEPS, sampler.originalSteps(), TIMESTEP_SCALING, sampler.timestepScaling());
    }
}
