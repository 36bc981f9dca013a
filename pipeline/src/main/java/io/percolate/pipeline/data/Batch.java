package io.percolate.pipeline.data;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Pictures that a model sees together; whoever asked for it closes it.
 *
 * @param images (B,3,H,W), float32 in [-1,1]
 * @param captions one per picture, empty where there is none
 * @param draws where each picture comes from
 * @param next where to resume after this batch
 */
public record Batch(NDArray images, List<String> captions, List<Draw> draws, Position next) implements AutoCloseable {

    public Batch {
        captions = List.copyOf(captions);
        draws = List.copyOf(draws);
    }

    /** The number of pictures. */
    public int size() {
        return draws.size();
    }

    @Override
    public void close() {
        images.close();
    }
}
