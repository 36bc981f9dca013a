package io.percolate.pipeline.training.parallel;

/** One of several that train the same network. Not thread-safe. */
public interface Worker extends AutoCloseable {

    /**
     * Does its part of a round. The same round, with the same weights, gives the same contribution again.
     *
     * @param weights of all parameters, one after another (N)
     */
    Contribution contribute(Round round, float[] weights);

    /** Frees the network. */
    @Override
    void close();
}
