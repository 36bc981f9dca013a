package io.percolate.pipeline.training.autoencoder;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The terms of one step's loss by name, each a mean over the images of the batch.
 *
 * @param values the means so far, changed in place
 * @param share what the part of the batch that is at hand weighs in the mean
 */
public record LossTerms(Map<String, Double> values, double share) {

    /** None yet. */
    public LossTerms() {
        this(new LinkedHashMap<>(), 1);
    }

    /** The same terms for a part of the batch. */
    public LossTerms of(double part) {
        return new LossTerms(values, part);
    }

    /** Counts the mean over this part of the batch. */
    public void add(String name, double mean) {
        values.merge(name, share * mean, Double::sum);
    }

    /** The mean of this name so far. */
    double mean(String name) {
        return values.get(name);
    }

    void add(String name, NDArray mean) {
        add(name, mean.getFloat());
    }
}
