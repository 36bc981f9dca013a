package io.percolate.nn.optim;

/** The step size as a function of the step: rises linearly from 0 to its peak, then stays or falls. */
public sealed interface LearningRate {

    /** The learning rate of {@code step}, counted from 0. */
    default double at(long step) {
        return step < warmUp() ? peak() * step / warmUp() : peak() * afterWarmUp(step);
    }

    /** The largest value. */
    double peak();

    /** Number of steps until the peak. */
    long warmUp();

    /** The share of the peak at a {@code step} after warm-up. */
    double afterWarmUp(long step);

    /** Stays at the peak. */
    record Constant(double peak, long warmUp) implements LearningRate {

        public Constant {
            requireValid(peak, warmUp);
        }

        @Override
        public double afterWarmUp(long step) {
            return 1;
        }
    }

    /** Falls in a straight line to 0 at step {@code total}. */
    record Linear(double peak, long warmUp, long total) implements LearningRate {

        public Linear {
            requireValid(peak, warmUp);
            requireLonger(warmUp, total);
        }

        @Override
        public double afterWarmUp(long step) {
            return 1 - progress(step, warmUp, total);
        }
    }

    /** Falls along half a cosine to 0 at step {@code total} (Loshchilov and Hutter 2017, eq. 5). */
    record Cosine(double peak, long warmUp, long total) implements LearningRate {

        public Cosine {
            requireValid(peak, warmUp);
            requireLonger(warmUp, total);
        }

        @Override
        public double afterWarmUp(long step) {
            return (1 + Math.cos(Math.PI * progress(step, warmUp, total))) / 2;
        }
    }

    private static double progress(long step, long warmUp, long total) {
        return Math.min(1, (step - warmUp) / (double) (total - warmUp));
    }

    private static void requireValid(double peak, long warmUp) {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rate " + peak + " must be positive and finite");
        }
        if (warmUp < 0) {
            throw new IllegalArgumentException("warm-up of " + warmUp + " steps must not be negative");
        }
    }

    private static void requireLonger(long warmUp, long total) {
        if (total <= warmUp) {
            throw new IllegalArgumentException(
                    total + " steps leave nothing after the warm-up of " + warmUp + " steps");
        }
    }
}
