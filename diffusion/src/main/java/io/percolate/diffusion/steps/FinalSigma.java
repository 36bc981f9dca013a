package io.percolate.diffusion.steps;

import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.samplers.published.Options;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** Where the last step of a sampler ends. */
public enum FinalSigma {

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

    private static final String ALPHA_TO_ONE = "set_alpha_to_one";
    private static final String FINAL_SIGMA = "final_sigmas_type";

    /** Reads whichever option the config's class has; {@code otherwise} if it has none. */
    static FinalSigma read(JsonConfig config, FinalSigma otherwise) {
        if (!config.isNull(ALPHA_TO_ONE)) {
            return config.flag(ALPHA_TO_ONE) ? CLEAN : LEAST_NOISY;
        }
        String type = config.string(FINAL_SIGMA, otherwise.finalSigma());
        return switch (type) {
            case "zero" -> CLEAN;
            case "sigma_min" -> LEAST_NOISY;
            default -> throw Options.refused(config, FINAL_SIGMA, type, "zero, sigma_min");
        };
    }

    /** The options of published configs that end here: a class has one of them or none. */
    Map<String, Object> options() {
        return Map.of(ALPHA_TO_ONE, this == CLEAN, FINAL_SIGMA, finalSigma());
    }

    private String finalSigma() {
        return this == CLEAN ? "zero" : "sigma_min";
    }

    abstract NoiseLevel of(NoiseSchedule schedule);
}
