package io.percolate.pipeline.training;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ClassNames;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of a model in training, side by side.
 *
 * @param prompts what they are to show; empty for a model that is told nothing
 * @param captions what is written below each
 */
record SampleGrid(List<String> prompts, List<String> captions) {

    private static final int COLUMNS = 8;
    private static final int IMAGES = 32;

    /** Captions from all over {@code dataset}. */
    static SampleGrid of(ImageDataset dataset) {
        int stride = Math.max(1, dataset.size() / IMAGES);
        List<String> prompts = IntStream.iterate(0, i -> i < dataset.size(), i -> i + stride)
                .limit(IMAGES)
                .mapToObj(dataset.entries()::get)
                .map(ImageEntry::caption)
                .toList();
        return new SampleGrid(prompts, prompts);
    }

    /** One class after another. */
    static SampleGrid of(ClassNames classes) {
        List<Integer> numbers = IntStream.range(0, IMAGES)
                .mapToObj(i -> i % classes.names().size())
                .toList();
        return new SampleGrid(
                numbers.stream().map(String::valueOf).toList(),
                numbers.stream().map(classes.names()::get).toList());
    }

    /** Whatever the model makes. */
    static SampleGrid unconditional() {
        return new SampleGrid(List.of(), List.of());
    }

    void write(Pipeline pipeline, Path png) {
        GenerationRequest request = GenerationRequest.of(prompts.toArray(String[]::new))
                .count(prompts.isEmpty() ? IMAGES : 1)
                .seed(0)
                .build();
        List<BufferedImage> images =
                pipeline.generate(request).stream().map(GeneratedImage::image).toList();
        ImageFiles.writePng(png, new ImageGrid(COLUMNS, 4).draw(images, captions));
    }
}
