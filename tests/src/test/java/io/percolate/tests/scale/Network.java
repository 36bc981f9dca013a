package io.percolate.tests.scale;

/**
 * What a round sends.
 *
 * @param parameters of the network
 * @param bytesPerSecond of each machine's link
 * @param latencySeconds of a hop: scheduling a task, fetching a block
 * @param checkpointSeconds that the driver writes after a round
 */
record Network(double parameters, double bytesPerSecond, double latencySeconds, double checkpointSeconds) {

    private static final double FLOAT = 4;
    private static final double BFLOAT16 = 2;

    /** Blocks go from machine to machine: about two transfers of all weights, whatever the number of machines. */
    double broadcastSeconds(int workers) {
        return 2 * FLOAT * parameters / bytesPerSecond + hops(workers) * latencySeconds;
    }

    /** Sums of about the square root of the machines' differences each, and a sum of those on the driver. */
    double reduceSeconds(int workers) {
        return Math.sqrt(workers) * (BFLOAT16 + FLOAT) * parameters / bytesPerSecond + 2 * latencySeconds;
    }

    /** Of a round in which every worker takes so long to compute. */
    double roundSeconds(int workers, double computeSeconds) {
        return computeSeconds + broadcastSeconds(workers) + reduceSeconds(workers) + checkpointSeconds;
    }

    private static double hops(int workers) {
        return Math.log(workers) / Math.log(2);
    }
}
