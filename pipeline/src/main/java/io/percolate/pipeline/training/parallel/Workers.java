package io.percolate.pipeline.training.parallel;

/** All workers of a training, wherever they are. */
@FunctionalInterface
public interface Workers {

    /**
     * Has each of them do its part of a round.
     *
     * @param weights of all parameters, one after another (N)
     */
    RoundSum run(Round round, float[] weights);
}
