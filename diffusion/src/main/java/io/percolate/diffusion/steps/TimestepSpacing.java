package io.percolate.diffusion.steps;

/**
 * How few timesteps of sampling are chosen from the many of training (Lin et al. 2024, table 2).
 *
 * <p>All lists go from most noise to least, and agree with diffusers to the last digit.
 */
public enum TimestepSpacing {

    /** Multiples of T/N from 0 up, then moved by an offset; never reaches pure noise. */
    LEADING {
        @Override
        double[] timesteps(int trainSteps, int count, int offset) {
            int stride = trainSteps / count;
            return descending(count, i -> (double) i * stride + offset);
        }

        @Override
        double[] beforeLast(int trainSteps, int count, int offset) {
            int stride = trainSteps / (count + 1);
            if (stride == 0) {
                throw new IllegalArgumentException(
                        "leading spacing has no room for " + count + " steps: take fewer, or trailing spacing");
            }
            return descending(count, i -> (i + 1.0) * stride + offset);
        }
    },

    /** Multiples of T/N from T-1 down. */
    TRAILING {
        @Override
        double[] timesteps(int trainSteps, int count, int offset) {
            double stride = (double) trainSteps / count;
            return descending(count, i -> Math.rint(trainSteps - (count - 1 - i) * stride) - 1);
        }

        @Override
        double[] beforeLast(int trainSteps, int count, int offset) {
            return timesteps(trainSteps, count, offset);
        }
    },

    /** From T-1 to 0, both included; fractional. */
    LINSPACE {
        @Override
        double[] timesteps(int trainSteps, int count, int offset) {
            double stride = count == 1 ? 0 : (trainSteps - 1.0) / (count - 1);
            return descending(count, i -> (float) (i * stride));
        }

        @Override
        double[] beforeLast(int trainSteps, int count, int offset) {
            double stride = (trainSteps - 1.0) / count;
            return descending(count, i -> Math.rint((i + 1) * stride));
        }
    };

    /** {@code count} timesteps out of 0..trainSteps-1; {@code offset} moves those of {@link #LEADING}. */
    abstract double[] timesteps(int trainSteps, int count, int offset);

    /** The whole-numbered first {@code count} of {@code count + 1} timesteps: the last is where solvers end. */
    abstract double[] beforeLast(int trainSteps, int count, int offset);

    private interface Ascending {
        double at(int index);
    }

    private static double[] descending(int count, Ascending timestep) {
        double[] timesteps = new double[count];
        for (int i = 0; i < count; i++) {
            timesteps[count - 1 - i] = timestep.at(i);
        }
        return timesteps;
    }
}
