package io.percolate.conditioning.prompts;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Trains the unconditional prediction along (Ho and Salimans 2022, algorithm 1): now and then a caption is
 * replaced by the empty one.
 *
 * @param probability how often; 0.1 is usual
 */
public record CaptionDropout(double probability) {

    public CaptionDropout {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("caption dropout " + probability + " must be between 0 and 1");
        }
    }

    /** The captions, each left out with the given probability; takes one random number for each. */
    public List<String> apply(List<String> captions, RandomGenerator random) {
        return captions.stream()
                .map(caption -> random.nextDouble() < probability ? "" : caption)
                .toList();
    }
}
