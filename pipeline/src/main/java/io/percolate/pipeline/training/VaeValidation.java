package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.training.autoencoder.HeldOutLoss;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeLoss;
import java.util.List;
import java.util.Map;

/** The loss of an autoencoder on images that it does not learn from, decoded from the mode of the posterior. */
final class VaeValidation {

    private VaeValidation() {}

    /**
     * {@code held_out_loss} and its term {@code held_out_reconstruction}; nothing if there are no images.
     *
     * @param heldOut the images, closed by the caller
     * @param manager owns the images of a batch
     */
    static Map<String, Double> of(AutoencoderKl vae, VaeLoss loss, BatchLoader heldOut, NDManager manager) {
        return HeldOutLoss.of(pixels -> loss(vae, loss, pixels), List.of("reconstruction"), heldOut, manager);
    }

    private static VaeLoss.Value loss(AutoencoderKl vae, VaeLoss loss, NDArray pixels) {
        LatentDistribution posterior = vae.encode(pixels);
        return loss.of(pixels, vae.decode(posterior.mode()), posterior);
    }
}
