package io.percolate.pipeline.training.text;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.evaluation.Retrieval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What people may say of images who have not seen their captions, to judge by whether words are understood.
 *
 * @param images the numbers of images that there is a prompt for
 * @param prompts the prompt for each
 * @see ImageEntry#everyday
 */
record EverydayWords(List<Integer> images, List<String> prompts) {

    /** Those of {@code dataset}, if there are any. */
    static Optional<EverydayWords> of(ImageDataset dataset) {
        List<ImageEntry> entries = dataset.entries();
        List<Integer> told = IntStream.range(0, entries.size())
                .filter(i -> entries.get(i).everyday().isPresent())
                .boxed()
                .toList();
        List<String> prompts =
                told.stream().map(i -> entries.get(i).everyday().orElseThrow()).toList();
        return told.isEmpty() ? Optional.empty() : Optional.of(new EverydayWords(told, prompts));
    }

    /** Share of the prompts whose image is the likeliest, and among the five likeliest; {@code similarity} gives (B,N). */
    Map<String, Double> told(Function<List<String>, NDArray> similarity) {
        float[] all = similarity.apply(prompts).toFloatArray();
        int columns = all.length / prompts.size();
        List<Integer> ranks = IntStream.range(0, prompts.size())
                .mapToObj(row -> rank(all, row * columns, columns, images.get(row)))
                .toList();
        Retrieval told = Retrieval.of(ranks, columns);
        return Map.of("everyday_first", told.recallAt1(), "everyday_first_5", told.recallAt5());
    }

    private static int rank(float[] all, int start, int columns, int image) {
        return 1
                + (int) IntStream.range(start, start + columns)
                        .filter(i -> all[i] > all[start + image])
                        .count();
    }
}
