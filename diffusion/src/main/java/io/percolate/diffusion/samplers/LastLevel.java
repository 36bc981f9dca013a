package io.percolate.diffusion.samplers;

import io.percolate.diffusion.NoiseLevel;
import io.percolate.diffusion.NoiseSchedule;
import io.percolate.weights.JsonConfig;
import java.util.Map;

/** Where the last step of a sampler ends. */
public enum LastLevel {

    /** Without noise. */
    CLEAN {
        @Override
        NoiseLevel of(NoiseSchedule schedule) {
            return NoiseLevel.CLEAN;
        }
    },

    /** At timestep 0 of training. */
    LEAST_NOISY {
        @Override
        NoiseLevel of(NoiseSchedule schedule) {
            return schedule.level(0);
        }
    };

    /**
     * Reads {@code set_alpha_to_one} of samplers on whole timesteps or {@code final_sigmas_type} of the others;
     * a config has the one that its class knows.
     */
    static LastLevel read(JsonConfig config, LastLevel otherwise) {
        if (!config.isNull("final_sigmas_type")) {
            String type = config.string("final_sigmas_type");
            return switch (type) {
                case "zero" -> CLEAN;
                case "sigma_min" -> LEAST_NOISY;
                default -> throw Options.refused(config, "final_sigmas_type", type, "zero, sigma_min");
            };
        }
        return config.flag("set_alpha_to_one", otherwise == CLEAN) ? CLEAN : LEAST_NOISY;
    }

    Map<String, Object> options() {
        return Map.of("set_alpha_to_one", this == CLEAN, "final_sigmas_type", this == CLEAN ? "zero" : "sigma_min");
    }

    abstract NoiseLevel of(NoiseSchedule schedule);
}
