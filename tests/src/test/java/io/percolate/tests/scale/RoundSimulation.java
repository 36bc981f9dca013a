package io.percolate.tests.scale;

import java.util.Random;

/**
 * Rounds of a training: each worker takes {@code steps} steps, and the round ends with the slowest.
 *
 * @param workers how they compute
 * @param network what is sent
 * @param count of workers
 * @param steps of each in a round
 */
record RoundSimulation(Workers workers, Network network, int count, int steps) {

    private static final int ROUNDS = 200;

    /**
     * Means over rounds.
     *
     * @param roundSeconds of a round
     * @param waiting part of a round that an average worker waits for the slowest
     * @param sending part of a round in which weights and differences travel, or the checkpoint is written
     */
    record Outcome(double roundSeconds, double waiting, double sending) {

        /** Part of the time in which an average worker computes. */
        double computing() {
            return 1 - waiting - sending;
        }
    }

    /** Always the same. */
    Outcome run() {
        Random random = new Random(count * 1_000_003L + steps);
        double[] slowness = new double[count];
        for (int i = 0; i < count; i++) {
            slowness[i] = workers.slowness(random);
        }
        double total = 0;
        double computed = 0;
        double sent = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double slowest = 0;
            for (double slow : slowness) {
                slowest = Math.max(slowest, workers.seconds(steps, slow, random));
                computed += steps * workers.stepSeconds() * slow / count;
            }
            double seconds = network.roundSeconds(count, slowest);
            sent += seconds - slowest;
            total += seconds;
        }
        return new Outcome(total / ROUNDS, (total - sent - computed) / total, sent / total);
    }
}
