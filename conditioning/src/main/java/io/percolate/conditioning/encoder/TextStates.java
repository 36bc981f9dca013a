package io.percolate.conditioning.encoder;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a text encoder says about prompts. Whoever receives it closes it, or lets its scope do so.
 *
 * @param hidden the states before the first layer and after each layer, (B,L,D) each, not normalised
 * @param last the last of them after the final layer normalisation, (B,L,D)
 * @param pooled the last state at the end token, (B,D)
 * @param projected the pooled state after the projection, (B,P); empty if the encoder has none
 */
public record TextStates(List<NDArray> hidden, NDArray last, NDArray pooled, Optional<NDArray> projected)
        implements AutoCloseable {

    public TextStates {
        hidden = List.copyOf(hidden);
    }

    /** The state {@code skipped} layers before the last, not normalised: 0 is the last, 1 the penultimate. */
    public NDArray hidden(int skipped) {
        if (skipped < 0 || skipped >= hidden.size()) {
            throw new IllegalArgumentException("cannot skip " + skipped + " of " + (hidden.size() - 1) + " layers");
        }
        return hidden.get(hidden.size() - 1 - skipped);
    }

    @Override
    public void close() {
        List<NDArray> all = new ArrayList<>(hidden);
        all.add(last);
        all.add(pooled);
        projected.ifPresent(all::add);
        all.forEach(NDArray::close);
    }
}
