package io.percolate.conditioning.prompts;

import io.percolate.conditioning.tokenizer.Tokens;
import java.util.Collections;
import java.util.List;

/**
 * As much of a prompt as a text encoder reads at once.
 *
 * @param tokens the L tokens
 * @param weights how much each token counts, 1 being normal
 */
public record PromptChunk(Tokens tokens, List<Float> weights) {

    public PromptChunk {
        weights = List.copyOf(weights);
        if (weights.size() != tokens.ids().size()) {
            throw new IllegalArgumentException(
                    weights.size() + " weights for " + tokens.ids().size() + " tokens");
        }
    }

    /** Tokens that all count 1. */
    public static PromptChunk plain(Tokens tokens) {
        return new PromptChunk(tokens, Collections.nCopies(tokens.ids().size(), 1f));
    }

    boolean isPlain() {
        return weights.stream().allMatch(weight -> weight == 1);
    }
}
