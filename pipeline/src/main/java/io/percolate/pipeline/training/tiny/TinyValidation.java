package io.percolate.pipeline.training.tiny;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.vae.VaeLoss;
import java.util.LinkedHashMap;
import java.util.Map;

/** The loss of a tiny autoencoder on images that it does not learn from, at the means of the teacher's posteriors. */
final class TinyValidation {

    private final TinyNetworks networks;
    private final ImitationLoss loss;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int images;

    private TinyValidation(TinyNetworks networks, ImitationLoss loss) {
        this.networks = networks;
        this.loss = loss;
    }

    /**
     * {@code held_out_loss} and its terms {@code held_out_reconstruction} and {@code held_out_latents}; nothing if there
     * are no images.
     *
     * @param heldOut the images, closed by the caller
     * @param manager owns the images of a batch
     */
    static Map<String, Double> of(TinyNetworks networks, ImitationLoss loss, BatchLoader heldOut, NDManager manager) {
        TinyValidation validation = new TinyValidation(networks, loss);
        while (heldOut.hasNext()) {
            try (Batch batch = heldOut.next(manager)) {
                Scope.run(() -> validation.add(batch.images()));
            }
        }
        validation.sums.replaceAll((name, sum) -> sum / validation.images);
        return validation.sums;
    }

    private void add(NDArray pixels) {
        int count = (int) pixels.getShape().get(0);
        NDArray none = networks.teacher().noise(pixels, (manager, shape, type) -> manager.zeros(shape, type));
        VaeLoss.Value value = loss.of(networks.attempt(pixels, none));
        add("held_out_loss", count * value.total().getFloat());
        add("held_out_reconstruction", count * value.term("reconstruction"));
        add("held_out_latents", count * value.term("latents"));
        images += count;
    }

    private void add(String name, double sum) {
        sums.merge(name, sum, Double::sum);
    }
}
