package io.percolate.pipeline.training;

import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ClassNames;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.training.session.Activity;
import io.percolate.pipeline.training.session.TrainingListener;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of a model in training, side by side.
 *
 * @param prompts what they are to show; empty for a model that is told nothing
 * @param captions what is written below each
 * @param perPrompt how many there are of each prompt, or of a model that is told nothing
 */
public record SampleGrid(List<String> prompts, List<String> captions, int perPrompt) {

    private static final int COLUMNS = 8;

    /** Captions from all over {@code dataset}. */
    public static SampleGrid of(ImageDataset dataset, int images) {
        int stride = Math.max(1, dataset.size() / images);
        return of(IntStream.iterate(0, i -> i < dataset.size(), i -> i + stride)
                .limit(images)
                .mapToObj(dataset.entries()::get)
                .map(ImageEntry::caption)
                .toList());
    }

    /** One class after another. */
    static SampleGrid of(ClassNames classes, int images) {
        List<String> names = classes.names();
        return of(
                classes,
                IntStream.range(0, images)
                        .mapToObj(i -> names.get(i % names.size()))
                        .toList());
    }

    /** Each of {@code prompts}. */
    public static SampleGrid of(List<String> prompts) {
        return new SampleGrid(prompts, prompts, 1);
    }

    /** Each of these classes. */
    static SampleGrid of(ClassNames classes, List<String> names) {
        List<String> numbers =
                names.stream().map(classes::number).map(String::valueOf).toList();
        return new SampleGrid(numbers, names, 1);
    }

    /** Whatever the model makes. */
    public static SampleGrid unconditional(int images) {
        return new SampleGrid(List.of(), List.of(), images);
    }

    /** The images in one, of so many inference steps and so many at once; {@code listener} is told how far they are. */
    public BufferedImage of(Pipeline pipeline, int steps, int atOnce, TrainingListener listener) {
        GenerationRequest request = GenerationRequest.of(prompts.toArray(String[]::new))
                .count(perPrompt)
                .steps(steps)
                .batchLimit(atOnce)
                .seed(0)
                .build();
        int batches = (Math.max(1, prompts.size()) * perPrompt + atOnce - 1) / atOnce;
        List<BufferedImage> images = pipeline.generate(request, new Steps(listener, batches)).stream()
                .map(GeneratedImage::image)
                .toList();
        return new ImageGrid(COLUMNS, 4).draw(images, captions);
    }

    /** Counts the steps of all batches. */
    private static final class Steps implements GenerationListener {

        private final TrainingListener listener;
        private final int batches;
        private int begun;

        Steps(TrainingListener listener, int batches) {
            this.listener = listener;
            this.batches = batches;
        }

        @Override
        public void stepped(Progress progress) {
            begun += progress.step() == 1 ? 1 : 0;
            long total = (long) batches * progress.steps();
            long done = (long) (begun - 1) * progress.steps() + progress.step();
            listener.busy(Activity.SAMPLING, Math.min(done, total), total);
        }
    }
}
