package io.percolate.pipeline.data;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.pipeline.images.Frame;
import io.percolate.pipeline.images.PixelSize;
import java.util.Collections;
import java.util.List;

/**
 * Images that a model sees together; whoever asked for it closes it.
 *
 * @param images float32: pixels (B,3,H,W) in [-1,1], or the posterior of latents (B,2,C,h,w), means before standard
 *     deviations
 * @param encoded whether the images are latents
 * @param items where each image comes from
 * @param captions one per image, empty where there is none
 * @param frames what is seen of each image
 */
public record Batch(NDArray images, boolean encoded, List<DataItem> items, List<String> captions, List<Frame> frames)
        implements AutoCloseable {

    public Batch {
        items = List.copyOf(items);
        captions = List.copyOf(captions);
        frames = List.copyOf(frames);
    }

    /** The pixels of {@code items}, whole images, with one caption each as {@code choice} takes it. */
    public static Batch ofPixels(NDArray images, List<DataItem> items, CaptionChoice choice) {
        Shape shape = images.getShape();
        PixelSize size = new PixelSize((int) shape.get(3), (int) shape.get(2));
        List<Frame> frames = Collections.nCopies(items.size(), Frame.whole(size));
        return new Batch(images, false, items, captions(items, choice), frames);
    }

    /** The pixels of {@code items}, framed and captioned as {@code config} says. */
    static Batch ofPixels(NDArray images, List<DataItem> items, LoaderConfig config) {
        return new Batch(images, false, items, captions(items, config.captions()), frames(items, config));
    }

    /** The latents of {@code items}, framed and captioned as {@code config} says. */
    public static Batch ofLatents(NDArray images, List<DataItem> items, LoaderConfig config) {
        return new Batch(images, true, items, captions(items, config.captions()), frames(items, config));
    }

    private static List<String> captions(List<DataItem> items, CaptionChoice choice) {
        return items.stream().map(choice::of).toList();
    }

    private static List<Frame> frames(List<DataItem> items, LoaderConfig config) {
        return items.stream().map(item -> config.framing().of(item.entry())).toList();
    }

    /** The class of each image, empty where there is none. */
    public List<String> labels() {
        return items.stream().map(item -> item.entry().label()).toList();
    }

    /** How much the error of each image counts. */
    public List<Double> lossWeights() {
        return items.stream().map(item -> item.entry().lossWeight()).toList();
    }

    /** Where to resume after this batch. */
    public Position next() {
        return items.get(items.size() - 1).position().next();
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
