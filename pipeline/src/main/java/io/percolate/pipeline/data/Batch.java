package io.percolate.pipeline.data;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Images that a model sees together; whoever asked for it closes it.
 *
 * @param images float32: pixels (B,3,H,W) in [-1,1], or latents (B,E,h,w)
 * @param captions one per image, empty where there is none
 * @param draws where each image comes from
 * @param next where to resume after this batch
 */
public record Batch(NDArray images, List<String> captions, List<DataItem> draws, Position next)
        implements AutoCloseable {

    public Batch {
        captions = List.copyOf(captions);
        draws = List.copyOf(draws);
    }

    /** What {@code draws} gave, with one caption each as {@code choice} takes it. */
    public static Batch of(NDArray images, List<DataItem> draws, CaptionChoice choice) {
        Position last = draws.get(draws.size() - 1).position();
        List<String> captions = draws.stream().map(choice::of).toList();
        return new Batch(images, captions, draws, new Position(last.epoch(), last.index() + 1));
    }

    /** The number of images. */
    public int size() {
        return draws.size();
    }

    @Override
    public void close() {
        images.close();
    }
}
