package io.percolate.pipeline.evaluation;

import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a text-to-image model is asked for, to judge it by.
 *
 * @param dataset where the captions come from
 * @param trainedCount most captions that the model was trained on; all others are taken
 */
record CaptionQueries(ImageDataset dataset, int trainedCount) {

    private static final long SEED = 0;
    private static final String EVERYDAY = "everyday";
    private static final String UNSEEN = "unseen";
    private static final Set<String> OUTSIDE_THE_DATA = Set.of(EVERYDAY, UNSEEN);

    /**
     * A prompt.
     *
     * @param prompt what the model is told
     * @param image what it should show
     */
    record Asked(String prompt, ImageEntry image) {}

    /** Prompts by the name of their part; parts without any are left out. */
    Map<String, List<Asked>> parts() {
        Map<String, List<Asked>> parts = new LinkedHashMap<>();
        parts.put("trained", captions(trained()));
        parts.put("heldOut", captions(captioned(Split.HELD_OUT)));
        parts.put(EVERYDAY, everyday());
        parts.put(UNSEEN, captions(captioned(Split.UNSEEN)));
        parts.values().removeIf(List::isEmpty);
        return parts;
    }

    /**
     * Whether the images of a part are compared with real ones: only once with each, those of its own caption, and not
     * those of what the model is not to know.
     */
    static boolean isOfCaptions(String part) {
        return !OUTSIDE_THE_DATA.contains(part);
    }

    /** Without variants, which would be many of a kind; the same ones at every call. */
    private ImageDataset trained() {
        return captioned(Split.TRAIN)
                .where(entry -> entry.variant().isEmpty())
                .shuffled(SEED)
                .first(trainedCount);
    }

    private ImageDataset captioned(Split split) {
        return dataset.split(split).where(entry -> !entry.captions().isEmpty());
    }

    private static List<Asked> captions(ImageDataset images) {
        return images.entries().stream()
                .map(entry -> new Asked(entry.caption(), entry))
                .toList();
    }

    private List<Asked> everyday() {
        return dataset.where(entry -> !entry.captions().isEmpty()).entries().stream()
                .flatMap(entry -> entry.everyday().map(prompt -> new Asked(prompt, entry)).stream())
                .toList();
    }
}
