package io.percolate.pipeline.data;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Scope;
import java.util.LinkedHashMap;
import java.util.Map;

/** Means over all images of what is known of each batch. */
public final class BatchMeans {

    private BatchMeans() {}

    /** What is known of a batch. */
    @FunctionalInterface
    public interface Numbers {

        /**
         * Numbers by name, each the mean over the images of {@code batch}.
         *
         * @param before how many images there were in the batches before
         */
        Map<String, Double> of(Batch batch, int before);
    }

    /**
     * The means by name, in the order of the numbers; none if there are no images.
     *
     * @param batches closed by the caller
     * @param manager owns the images of a batch
     */
    public static Map<String, Double> of(BatchLoader batches, NDManager manager, Numbers numbers) {
        Map<String, Double> sums = new LinkedHashMap<>();
        int images = 0;
        while (batches.hasNext()) {
            int before = images;
            try (Batch batch = batches.next(manager)) {
                Scope.call(() -> numbers.of(batch, before))
                        .forEach((name, mean) -> sums.merge(name, batch.size() * mean, Double::sum));
                images += batch.size();
            }
        }
        int all = images;
        sums.replaceAll((name, sum) -> sum / all);
        return sums;
    }
}
