package io.percolate.conditioning.prompts;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Trains the unconditional prediction along (Ho and Salimans 2022, algorithm 1): now and then a caption is
 * replaced by the empty one. Others may lose some of their words, so that the model does not wait for all of them.
 *
 * @param probability how often; 0.1 is usual
 * @param words share of the words that the other captions lose
 */
public record CaptionDropout(double probability, double words) {

    public CaptionDropout {
        requireShare("caption dropout", probability);
        requireShare("word dropout", words);
    }

    /** Captions that come whole or not at all. */
    public CaptionDropout(double probability) {
        this(probability, 0);
    }

    /**
     * The captions, each left out with the given probability; takes a random number for each, and for each of its words
     * if those may be lost.
     */
    public List<String> apply(List<String> captions, RandomGenerator random) {
        return captions.stream()
                .map(caption -> random.nextDouble() < probability ? "" : thinned(caption, random))
                .toList();
    }

    /** A caption all of whose words would be lost keeps them. */
    private String thinned(String caption, RandomGenerator random) {
        if (words == 0) {
            return caption;
        }
        String kept = Arrays.stream(caption.split(" "))
                .filter(word -> random.nextDouble() >= words)
                .collect(Collectors.joining(" "));
        return kept.isEmpty() ? caption : kept;
    }

    private static void requireShare(String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(name + " " + share + " must be between 0 and 1");
        }
    }
}
