package io.percolate.pipeline.training.text;

import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.DataOrder;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.LoaderConfig;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.images.ImageTransform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The captions of images in random order, epoch after epoch, each with the number of its image. */
final class CaptionOrder {

    private final Iterator<DataItem> items;
    private final Map<ImageEntry, Integer> numbers = new HashMap<>();
    private final double dropout;
    private Position position;

    /**
     * From {@code start} on.
     *
     * @param dropout largest share of its words that a caption loses
     */
    CaptionOrder(ImageDataset dataset, double dropout, int seed, Position start) {
        items = DataOrder.shuffled(dataset, LoaderConfig.training(1, ImageTransform.square(1)), seed, start);
        List<ImageEntry> entries = dataset.entries();
        IntStream.range(0, entries.size()).forEach(i -> numbers.put(entries.get(i), i));
        this.dropout = dropout;
        position = start;
    }

    /** The next captions. */
    Captions next(int count) {
        List<String> captions = new ArrayList<>();
        List<Integer> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DataItem item = items.next();
            captions.add(thinned(item));
            images.add(numbers.get(item.entry()));
            position = item.position().next();
        }
        return new Captions(captions, images);
    }

    private String thinned(DataItem item) {
        SplittableRandom random = new SplittableRandom(item.seed());
        CaptionDropout words = new CaptionDropout(0, dropout * random.nextDouble());
        return words.apply(List.of(item.anyCaption()), random).get(0);
    }

    /** Where the next captions come from. */
    Position position() {
        return position;
    }

    /**
     * Some captions.
     *
     * @param texts what is said
     * @param images the number of the image that it is said of, for each
     */
    record Captions(List<String> texts, List<Integer> images) {}
}
