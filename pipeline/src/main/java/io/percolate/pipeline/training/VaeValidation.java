package io.percolate.pipeline.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** The loss of an autoencoder on images that it does not learn from, decoded from the mode of the posterior. */
final class VaeValidation {

    private final AutoencoderKl vae;
    private final VaeLoss loss;
    private double total;
    private double reconstruction;
    private int images;

    private VaeValidation(AutoencoderKl vae, VaeLoss loss) {
        this.vae = vae;
        this.loss = loss;
    }

    /**
     * {@code held_out_loss} and its term {@code held_out_reconstruction}; nothing if there are no images.
     *
     * @param heldOut the images, closed by the caller
     * @param manager owns the images of a batch
     */
    static Map<String, Double> of(AutoencoderKl vae, VaeLoss loss, BatchLoader heldOut, NDManager manager) {
        VaeValidation validation = new VaeValidation(vae, loss);
        while (heldOut.hasNext()) {
            try (Batch batch = heldOut.next(manager)) {
                Scope.run(() -> validation.add(batch.images()));
            }
        }
        return validation.images == 0 ? Map.of() : validation.means();
    }

    private void add(NDArray pixels) {
        int count = (int) pixels.getShape().get(0);
        LatentDistribution posterior = vae.encode(pixels);
        VaeLoss.Value value = loss.of(pixels, vae.decode(posterior.mode()), posterior);
        total += count * value.total().getFloat();
        reconstruction += count * value.term("reconstruction");
        images += count;
    }

    private Map<String, Double> means() {
        Map<String, Double> means = new LinkedHashMap<>();
        means.put("held_out_loss", total / images);
        means.put("held_out_reconstruction", reconstruction / images);
        return means;
    }
}
