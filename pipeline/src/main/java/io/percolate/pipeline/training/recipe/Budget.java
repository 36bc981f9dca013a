package io.percolate.pipeline.training.recipe;

/** How long a training runs: a number of steps, or an amount of time. */
public sealed interface Budget {

    /** The part that is used up after {@code steps} steps and {@code seconds} of training, 0 to 1. */
    double spent(long steps, double seconds);

    /** How many steps the whole training will have, judging by what {@code steps} took so far. */
    long totalSteps(long steps, double seconds);

    /** This part of it, 0 to 1. */
    Budget part(double share);

    /** The part of {@code whole}, a budget of the same kind, that this one is. */
    double shareOf(Budget whole);

    /** How long it is, where a step takes {@code secondsPerStep}. */
    double seconds(double secondsPerStep);

    /** What is left of it after {@code seconds} of something else; steps are not used up by anything else. */
    Budget after(double seconds);

    /** A number of optimisation steps; the only budget whose outcome does not depend on the machine's speed. */
    record Steps(long count) implements Budget {

        public Steps {
            requirePositive(count, count + " steps");
        }

        @Override
        public double spent(long steps, double seconds) {
            return Math.min(1, (double) steps / count);
        }

        @Override
        public long totalSteps(long steps, double seconds) {
            return count;
        }

        @Override
        public double shareOf(Budget whole) {
            return whole.spent(count, 0);
        }

        @Override
        public Budget part(double share) {
            return new Steps(Math.max(1, Math.round(share * count)));
        }

        @Override
        public double seconds(double secondsPerStep) {
            return count * secondsPerStep;
        }

        @Override
        public Budget after(double seconds) {
            return this;
        }

        @Override
        public String toString() {
            return count + " steps";
        }
    }

    /** An amount of training time, over all sessions of a run that is resumed. */
    record Minutes(double count) implements Budget {

        public Minutes {
            requirePositive(count, count + " minutes");
        }

        @Override
        public double spent(long steps, double seconds) {
            return Math.min(1, seconds / (60 * count));
        }

        @Override
        public long totalSteps(long steps, double seconds) {
            return steps == 0 ? Long.MAX_VALUE : Math.max(steps, Math.round(steps / spent(steps, seconds)));
        }

        @Override
        public double shareOf(Budget whole) {
            return whole.spent(0, 60 * count);
        }

        @Override
        public Budget part(double share) {
            return new Minutes(share * count);
        }

        @Override
        public double seconds(double secondsPerStep) {
            return 60 * count;
        }

        @Override
        public Budget after(double seconds) {
            if (seconds >= 60 * count) {
                throw new IllegalArgumentException(
                        "nothing is left to train in: %.1f of %.1f minutes are used up: give more"
                                .formatted(seconds / 60, count));
            }
            return new Minutes(count - seconds / 60);
        }

        @Override
        public String toString() {
            return count + " minutes";
        }
    }

    private static void requirePositive(double count, String said) {
        if (!(count > 0)) {
            throw new IllegalArgumentException(said + " of training: give a number above 0");
        }
    }
}
