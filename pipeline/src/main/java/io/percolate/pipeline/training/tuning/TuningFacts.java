package io.percolate.pipeline.training.tuning;

import io.percolate.pipeline.data.ImageDataset;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a fine-tuning knows of itself.
 *
 * @param seed of first values
 * @param side of the images in pixels
 * @param dataset the images
 * @param run the run folder
 */
record TuningFacts(int seed, int side, ImageDataset dataset, Path run) {

    private static final int MOST_TAGS = 100;

    /** How often captions have each of their parts between commas, the most frequent first. */
    Map<String, Long> tags() {
        Map<String, Long> counts = dataset.entries().stream()
                .flatMap(entry -> Arrays.stream(entry.caption().split(",")))
                .map(String::strip)
                .filter(tag -> !tag.isEmpty())
                .collect(Collectors.groupingBy(tag -> tag, TreeMap::new, Collectors.counting()));
        Map<String, Long> most = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(MOST_TAGS)
                .forEach(tag -> most.put(tag.getKey(), tag.getValue()));
        return most;
    }
}
