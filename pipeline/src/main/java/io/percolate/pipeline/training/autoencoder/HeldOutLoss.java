package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.vae.VaeLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The loss of an autoencoder on images that it does not learn from, and terms of it. */
public final class HeldOutLoss {

    private final List<String> terms;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int images;

    private HeldOutLoss(List<String> terms) {
        this.terms = terms;
    }

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
        HeldOutLoss mean = new HeldOutLoss(terms);
        while (heldOut.hasNext()) {
            try (Batch batch = heldOut.next(manager)) {
                Scope.run(() -> mean.add(batch.size(), loss.apply(batch.images())));
            }
        }
        mean.sums.replaceAll((name, sum) -> sum / mean.images);
        return mean.sums;
    }

    private void add(int count, VaeLoss.Value value) {
        images += count;
        add("loss", count * value.total().getFloat());
        terms.forEach(term -> add(term, count * value.term(term)));
    }

    private void add(String name, double sum) {
        sums.merge("held_out_" + name, sum, Double::sum);
    }
}
