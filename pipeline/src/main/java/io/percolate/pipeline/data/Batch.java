package io.percolate.pipeline.data;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * Images that a model sees together; whoever asked for it closes it.
 *
 * @param images float32: pixels (B,3,H,W) in [-1,1], or latents (B,C,h,w)
 * @param encoded whether the images are latents
 * @param items where each image comes from
 * @param captions one per image, empty where there is none
 */
public record Batch(NDArray images, boolean encoded, List<DataItem> items, List<String> captions)
        implements AutoCloseable {

    public Batch {
        items = List.copyOf(items);
        captions = List.copyOf(captions);
    }

    /** The pixels of {@code items}, with one caption each as {@code choice} takes it. */
    public static Batch ofPixels(NDArray images, List<DataItem> items, CaptionChoice choice) {
        return new Batch(images, false, items, items.stream().map(choice::of).toList());
    }

    /** The latents of {@code items}, with one caption each as {@code choice} takes it. */
    public static Batch ofLatents(NDArray images, List<DataItem> items, CaptionChoice choice) {
        return new Batch(images, true, items, items.stream().map(choice::of).toList());
    }

    /** The class of each image, empty where there is none. */
    public List<String> labels() {
        return items.stream().map(item -> item.entry().label()).toList();
    }

    /** Where to resume after this batch. */
    public Position next() {
        Position last = items.get(items.size() - 1).position();
        return new Position(last.epoch(), last.index() + 1);
    }

    /** The number of images. */
    public int size() {
        return items.size();
    }

    @Override
    public void close() {
        images.close();
    }
}
