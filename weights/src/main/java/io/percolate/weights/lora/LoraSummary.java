package io.percolate.weights.lora;

import io.percolate.weights.layout.ModelPart;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a LoRA file holds.
 *
 * @param family the models that it is for, such as {@code Stable Diffusion XL}; empty if the file does not tell
 * @param naming how it calls the factors of its updates
 * @param updates how many layers it changes of each network
 * @param ranks of the updates
 * @param alphas of the updates; where the file does not tell, alpha is the rank
 */
public record LoraSummary(
        String family, Set<LoraNaming> naming, Map<ModelPart, Long> updates, Set<Long> ranks, Set<Double> alphas) {

    /** Sorts and copies. */
    public LoraSummary {
        naming = Collections.unmodifiableSet(new TreeSet<>(naming));
        updates = Collections.unmodifiableMap(new TreeMap<>(updates));
        ranks = Collections.unmodifiableSet(new TreeSet<>(ranks));
        alphas = Collections.unmodifiableSet(new TreeSet<>(alphas));
    }
}
