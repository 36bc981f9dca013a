package io.percolate.diffusion.process;

import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Which timesteps a network is trained on.
 *
 * <p>Places between least noise, 0, and most noise, 1, are sampled at random and scaled to whole timesteps.
 */
public sealed interface TimestepDistribution {

    /** A place between least noise, 0, and most noise, 1 (excluded). */
    double sample(RandomGenerator random);

    /** What a recipe says to have it: the keys {@code timestep_...} of its section {@code loss}. */
    Map<String, Object> options();

    /** {@code count} timesteps out of 0..steps-1. */
    default long[] sample(int count, int steps, RandomGenerator random) {
        return Stream.generate(() -> sample(random))
                .limit(count)
                .mapToLong(place -> Math.min(steps - 1, (long) (place * steps)))
                .toArray();
    }

    /** Every timestep alike (Ho et al. 2020, algorithm 1). */
    record Uniform() implements TimestepDistribution {

        @Override
        public double sample(RandomGenerator random) {
            return random.nextDouble();
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("timestep_distribution", "uniform");
        }
    }

    /**
     * The logistic function of a normal number (Esser et al. 2024, eq. 19): medium noise more often than the ends.
     *
     * @param mean above 0 prefers high noise
     * @param std spread
     */
    record LogitNormal(double mean, double std) implements TimestepDistribution {

        public LogitNormal {
            if (!(std > 0 && Double.isFinite(mean) && Double.isFinite(std))) {
                throw new IllegalArgumentException(
                        "logit-normal timesteps of mean " + mean + " and std " + std + ": std must be positive");
            }
        }

        @Override
        public double sample(RandomGenerator random) {
            return 1 / (1 + Math.exp(-(mean + std * random.nextGaussian())));
        }

        @Override
        public Map<String, Object> options() {
            return Map.of("timestep_distribution", "logit_normal", "timestep_mean", mean, "timestep_std", std);
        }
    }

    /**
     * Another distribution, moved to high noise as larger images need it (Esser et al. 2024, eq. 23).
     *
     * @param base what is moved
     * @param factor 1 changes nothing, 3 makes the median of the uniform one 0.75
     */
    record Shifted(TimestepDistribution base, double factor) implements TimestepDistribution {

        public Shifted {
            if (!(factor > 0)) {
                throw new IllegalArgumentException("timestep_shift " + factor + " is not positive");
            }
        }

        @Override
        public double sample(RandomGenerator random) {
            double place = base.sample(random);
            return factor * place / (1 + (factor - 1) * place);
        }

        @Override
        public Map<String, Object> options() {
            Map<String, Object> options = new TreeMap<>(base.options());
            options.put("timestep_shift", factor);
            return options;
        }
    }
}
