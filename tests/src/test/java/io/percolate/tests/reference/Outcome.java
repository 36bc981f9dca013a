package io.percolate.tests.reference;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.testing.Reference;
import java.util.stream.DoubleStream;

/** What generations end with: their numbers, one batch after another. */
final class Outcome implements GenerationListener {

    private double[] latents = {};
    private double[] image = {};

    @Override
    public void finished(NDArray finalLatents, NDArray pixels) {
        latents = joined(latents, Reference.doubles(finalLatents));
        image = joined(image, Reference.doubles(pixels));
    }

    /** What the sampler ended with. */
    double[] latents() {
        return latents;
    }

    /** Pixels in [0,1]. */
    double[] image() {
        return DoubleStream.of(image)
                .map(value -> Math.min(1, Math.max(0, (value + 1) / 2)))
                .toArray();
    }

    private static double[] joined(double[] first, double[] second) {
        return DoubleStream.concat(DoubleStream.of(first), DoubleStream.of(second))
                .toArray();
    }
}
