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

    /** The option of a published config that says where the last step ends. */
    enum Key {

        /** {@code set_alpha_to_one}. */
        ALPHA_TO_ONE {
            @Override
            LastLevel read(JsonConfig config, LastLevel otherwise) {
                return config.flag("set_alpha_to_one", otherwise == CLEAN) ? CLEAN : LEAST_NOISY;
            }

            @Override
            Map<String, Object> options(LastLevel last) {
                return Map.of("set_alpha_to_one", last == CLEAN);
            }
        },

        /** {@code final_sigmas_type}. */
        FINAL_SIGMA {
            @Override
            LastLevel read(JsonConfig config, LastLevel otherwise) {
                String type = config.string("final_sigmas_type", name(otherwise));
                return switch (type) {
                    case "zero" -> CLEAN;
                    case "sigma_min" -> LEAST_NOISY;
                    default -> throw Options.refused(config, "final_sigmas_type", type, "zero, sigma_min");
                };
            }

            @Override
            Map<String, Object> options(LastLevel last) {
                return Map.of("final_sigmas_type", name(last));
            }

            private static String name(LastLevel last) {
                return last == CLEAN ? "zero" : "sigma_min";
            }
        },

        /** There is no choice. */
        NONE {
            @Override
            LastLevel read(JsonConfig config, LastLevel otherwise) {
                return otherwise;
            }

            @Override
            Map<String, Object> options(LastLevel last) {
                return Map.of();
            }
        };

        abstract LastLevel read(JsonConfig config, LastLevel otherwise);

        abstract Map<String, Object> options(LastLevel last);
    }

    abstract NoiseLevel of(NoiseSchedule schedule);
}
