package io.percolate.pipeline.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A textual inversion (Gal et al. 2022): a file with vectors that a new token of prompts stands for.
 *
 * @param file as diffusers or the web interface write it
 * @param token what it is called in prompts; empty for what the file says, or else its own name
 */
public record LearnedEmbedding(Path file, Optional<String> token) {

    public LearnedEmbedding {
        if (token.filter(String::isBlank).isPresent()) {
            throw new IllegalArgumentException(file + ": a blank token cannot be written in a prompt: give it a name");
        }
    }

    /** {@code embeddings} and one more. */
    static List<LearnedEmbedding> added(List<LearnedEmbedding> embeddings, LearnedEmbedding more) {
        return Stream.concat(embeddings.stream(), Stream.of(more)).toList();
    }
}
