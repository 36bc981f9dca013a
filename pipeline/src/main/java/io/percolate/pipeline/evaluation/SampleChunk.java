package io.percolate.pipeline.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Some of the images that a model generates to be judged by.
 *
 * @param part of the captions; empty for images of nothing in particular
 * @param first number of the first one in its part, which is its seed
 * @param last number after the last one
 */
public record SampleChunk(String part, int first, int last) implements Serializable {

    /** A part of {@code count} images in chunks of {@code size}; the last may be smaller. */
    static List<SampleChunk> split(String part, int count, int size) {
        List<SampleChunk> chunks = new ArrayList<>();
        for (int first = 0; first < count; first += size) {
            chunks.add(new SampleChunk(part, first, Math.min(count, first + size)));
        }
        return chunks;
    }
}
