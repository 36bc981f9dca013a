package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The captions that a text-to-image model is judged by.
 *
 * @param dataset where they come from
 * @param trainedCount most captions that the model was trained on; all those held out are taken
 */
record CaptionQueries(ImageDataset dataset, int trainedCount) {

    private static final long SEED = 0;

    /** The entries whose captions are taken, by the name of their part; parts without captions are left out. */
    Map<String, List<ImageEntry>> parts() {
        Map<String, List<ImageEntry>> parts = new LinkedHashMap<>();
        parts.put("trained", trained());
        parts.put("heldOut", captioned(Split.HELD_OUT).entries());
        parts.values().removeIf(List::isEmpty);
        return parts;
    }

    /** Without variants, which would be many of a kind; the same ones at every call. */
    private List<ImageEntry> trained() {
        return captioned(Split.TRAIN)
                .where(entry -> entry.variant().isEmpty())
                .shuffled(SEED)
                .first(trainedCount)
                .entries();
    }

    private ImageDataset captioned(Split split) {
        return dataset.split(split).where(entry -> !entry.captions().isEmpty());
    }
}
