package io.percolate.diffusion.process;

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
    }

    /**
     * Uniform, moved to high noise as larger images need it (Esser et al. 2024, eq. 23).
     *
     * @param factor 1 changes nothing, 3 makes the median 0.75
     */
    record Shifted(double factor) implements TimestepDistribution {
        public Shifted {
            if (!(factor > 0)) {
                throw new IllegalArgumentException("factor " + factor + " is not positive");
            }
        }

        @Override
        public double sample(RandomGenerator random) {
            double place = random.nextDouble();
            return factor * place / (1 + (factor - 1) * place);
        }
    }
}
