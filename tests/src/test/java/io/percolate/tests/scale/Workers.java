package io.percolate.tests.scale;

import java.util.Random;

/**
 * Machines that take part in a training, each as fast as it happens to be.
 *
 * @param stepSeconds of an optimisation step on an average machine
 * @param spread standard deviation of the logarithm of the machines' speeds
 * @param jitter relative standard deviation of the time of a step on the same machine
 * @param pausesPerHour how often a machine stands still: other work, a full disk queue, a collection of garbage
 * @param pauseSeconds mean length of a pause
 * @param failureHours mean time between two failures of a machine
 * @param restartSeconds until a lost machine is noticed and another one has taken its place
 */
record Workers(
        double stepSeconds,
        double spread,
        double jitter,
        double pausesPerHour,
        double pauseSeconds,
        double failureHours,
        double restartSeconds) {

    private static final double HOUR = 3600;

    /** How slow a machine is, 1 for the average. */
    double slowness(Random random) {
        return Math.exp(spread * random.nextGaussian());
    }

    /** Seconds until a machine of this slowness has done {@code steps} steps of a round; a failure begins them anew. */
    double seconds(int steps, double slowness, Random random) {
        double seconds = 0;
        double lost = exponential(failureHours * HOUR, random);
        double needed = needed(steps, slowness, random);
        while (lost < needed) {
            seconds += lost + restartSeconds;
            lost = exponential(failureHours * HOUR, random);
            needed = needed(steps, slowness, random);
        }
        return seconds + needed;
    }

    private double needed(int steps, double slowness, Random random) {
        double mean = steps * stepSeconds * slowness;
        double seconds = mean * Math.max(0.5, 1 + jitter / Math.sqrt(steps) * random.nextGaussian());
        double pause = exponential(HOUR / pausesPerHour, random);
        double paused = 0;
        while (pause < seconds) {
            paused += exponential(pauseSeconds, random);
            pause += exponential(HOUR / pausesPerHour, random);
        }
        return seconds + paused;
    }

    private static double exponential(double mean, Random random) {
        return -mean * Math.log(1 - random.nextDouble());
    }
}
