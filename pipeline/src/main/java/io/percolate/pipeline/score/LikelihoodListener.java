package io.percolate.pipeline.score;

/** Watches a likelihood being measured. */
@FunctionalInterface
public interface LikelihoodListener {

    /** Nobody watches. */
    LikelihoodListener NONE = (stage, share) -> {};

    /** What is measured, one after the other. */
    enum Stage {
        /** The error of the decoder, for latent models. */
        DECODER,
        /** The variational bound. */
        BOUND,
        /** The exact likelihood. */
        FLOW
    }

    /**
     * A part of a stage is done.
     *
     * @param share of the stage, above 0 up to 1
     */
    void at(Stage stage, double share);
}
