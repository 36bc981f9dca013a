package io.percolate.nn.optim;

/**
 * The step size as a function of the step: it rises in a straight line from 0 to its peak, then stays or falls.
 *
 * @param peak the largest value
 * @param warmUpSteps steps until the peak
 * @param decay how it falls from there
 */
public record LearningRate(double peak, long warmUpSteps, Decay decay) {

    public LearningRate {
        if (!(peak > 0 && peak < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("learning rate " + peak + " must be positive and finite");
        }
        if (warmUpSteps < 0) {
            throw new IllegalArgumentException("warm-up of " + warmUpSteps + " steps must not be negative");
        }
    }

    /** The learning rate of {@code step}, counted from 0, in a training of {@code totalSteps}. */
    public double at(long step, long totalSteps) {
        return step < warmUpSteps ? peak * step / warmUpSteps : peak * decay.share(progress(step, totalSteps));
    }

    /** The part of the way from the end of the warm-up to the end of the training, 0 to 1. */
    private double progress(long step, long totalSteps) {
        return Math.min(1, (step - warmUpSteps) / (double) Math.max(1, totalSteps - warmUpSteps));
    }

    /** The same with another largest value. */
    public LearningRate withPeak(double value) {
        return new LearningRate(value, warmUpSteps, decay);
    }

    /** The same with another way to fall. */
    public LearningRate withDecay(Decay other) {
        return new LearningRate(peak, warmUpSteps, other);
    }

    /** How the learning rate falls after the warm-up. */
    public enum Decay {
        /** Not at all. */
        CONSTANT {
            @Override
            double share(double progress) {
                return 1;
            }
        },
        /** In a straight line to 0. */
        LINEAR {
            @Override
            double share(double progress) {
                return 1 - progress;
            }
        },
        /** Along half a cosine to 0 (Loshchilov and Hutter 2017, eq. 5). */
        COSINE {
            @Override
            double share(double progress) {
                return (1 + Math.cos(Math.PI * progress)) / 2;
            }
        };

        /** The part of the peak that is left after {@code progress}, 0 to 1, of the way. */
        abstract double share(double progress);
    }
}
