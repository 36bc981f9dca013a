package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.MicroBatch;
import io.percolate.vae.losses.ImageMetrics;

/**
 * Images beside what an autoencoder made of them, without a graph: float32 (B,C,H,W) in [-1,1]. Outlives the scope that
 * it was made in.
 *
 * @param images the originals
 * @param decoded the reconstructions
 * @param part of the batch that these are
 */
record Reconstructed(NDArray images, NDArray decoded, MicroBatch part) implements AutoCloseable {

    static Reconstructed of(NDArray images, NDArray decoded, MicroBatch part) {
        return new Reconstructed(kept(images), kept(decoded), part);
    }

    /** What they weigh in a mean over the batch. */
    double share() {
        return part.share();
    }

    private static NDArray kept(NDArray x) {
        NDArray copy = Gradients.off(() -> Aten.to(x, Precision.FP32));
        NDScope.unregister(copy);
        return copy;
    }

    /** Adds how much of the small details is left, if the images are large enough for that. */
    void measure(LossTerms terms) {
        if (Math.min(images.getShape().get(2), images.getShape().get(3)) >= ImageMetrics.SMALLEST_IMAGE) {
            terms.of(share())
                    .add(
                            "high_frequencies",
                            ImageMetrics.highFrequenciesKept(
                                    ImageMetrics.highFrequencies(decoded), ImageMetrics.highFrequencies(images)));
        }
    }

    @Override
    public void close() {
        images.close();
        decoded.close();
    }
}
