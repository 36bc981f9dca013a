package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import io.percolate.files.CancelledException;
import io.percolate.pipeline.Pipeline;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Supplier;

/** Watches a generation, on the generating thread. Methods that are not overridden do nothing. */
public interface GenerationListener {

    /** Watches nothing. */
    GenerationListener NONE = new GenerationListener() {};

    /** Called first, with the noise (B,C,h,w) of unit variance; freed when the generation ends. */
    default void started(NDArray noise) {}

    /** Called after every step. */
    default void stepped(Progress progress) {}

    /** Called as soon as an image is finished, in the order of the request. */
    default void generated(GeneratedImage image) {}

    /** Called last, with the latents and their pixels (B,3,H,W) in [-1,1]; freed when this returns. */
    default void finished(NDArray latents, NDArray pixels) {}

    /** This listener and, after it, {@code other}. */
    default GenerationListener and(GenerationListener other) {
        return new ListenerPair(this, other);
    }

    /**
     * Where a generation is.
     *
     * @param step number of steps taken
     * @param steps number of steps to take
     * @param timestep of the step just taken
     * @param preview decodes the present prediction of the finished images; only until {@link #stepped} returns
     * @param latents the present ones; only until {@link #stepped} returns
     */
    record Progress(int step, int steps, double timestep, Supplier<List<BufferedImage>> preview, Latents latents) {

        /** Ends the generation: {@link Pipeline#generate} throws this exception, and everything is freed. */
        public void cancel() {
            throw new CancelledException("the generation was cancelled after step " + step + " of " + steps);
        }
    }

    /**
     * Latents after a step.
     *
     * @param noisy where the step led (B,C,h,w), in the sampler's own scale
     * @param predicted the clean latents that the step predicted (B,C,h,w), of unit variance
     */
    record Latents(NDArray noisy, NDArray predicted) {}
}
