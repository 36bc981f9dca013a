package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.BatchMeans;
import io.percolate.vae.VaeLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The loss of an autoencoder on images that it does not learn from, and terms of it. */
public final class HeldOutLoss {

    private static final String NAME = "held_out_";

    private HeldOutLoss() {}

    /**
     * The means over all images: {@code held_out_loss}, and {@code held_out_} and its name for each of {@code terms};
     * nothing if there are no images.
     *
     * @param loss of pixels (B,3,H,W)
     * @param heldOut the images, closed by the caller
     * @param manager owns the images of a batch
     */
    public static Map<String, Double> of(
            Function<NDArray, VaeLoss.Value> loss, List<String> terms, BatchLoader heldOut, NDManager manager) {
        return BatchMeans.of(heldOut, manager, (batch, before) -> named(loss.apply(batch.images()), terms));
    }

    private static Map<String, Double> named(VaeLoss.Value value, List<String> terms) {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put(NAME + "loss", (double) value.total().getFloat());
        terms.forEach(term -> named.put(NAME + term, (double) value.term(term)));
        return named;
    }
}
