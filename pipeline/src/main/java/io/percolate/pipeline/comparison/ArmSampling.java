package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.ArmGenerator;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.training.session.TrainingClock;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Generates an image for each of {@code subjects}: image i has the caption of subject i, if the model reads any, and seed
 * i.
 *
 * @param subjects what is generated, one image each
 * @param steps inference steps of each image, where a model has any
 * @param clock what measures how long it takes
 */
record ArmSampling(List<ImageEntry> subjects, int steps, TrainingClock clock) {

    private static final int AT_ONCE = 16;

    /**
     * What generating took.
     *
     * @param secondsPerImage from prompt to pixels
     * @param gflopPerPrediction arithmetic of the network for one image at one step, in 10^9 operations
     */
    record Result(double secondsPerImage, double gflopPerPrediction) {}

    /** The same for the first {@code count} subjects. */
    ArmSampling first(int count) {
        return new ArmSampling(subjects.subList(0, Math.min(count, subjects.size())), steps, clock);
    }

    /** Generates with the trained model of {@code run}, into {@code folder}. */
    Result generate(ArmRun run, Path folder) {
        try (ArmGenerator generator = open(run)) {
            double seconds = 0;
            for (int first = 0; first < subjects.size(); first += AT_ONCE) {
                double start = clock.seconds();
                List<BufferedImage> images = generator.images(first, Math.min(subjects.size(), first + AT_ONCE));
                seconds += clock.seconds() - start;
                write(images, folder, first);
            }
            return new Result(seconds / subjects.size(), generator.gflopPerPrediction());
        }
    }

    /** What the model of {@code run} begins with, one image for each subject. */
    List<BufferedImage> noise(ArmRun run, int side) {
        try (ArmGenerator generator = open(run)) {
            return generator.noise(side);
        }
    }

    private ArmGenerator open(ArmRun run) {
        return run.arm().model().open(run.folder(), subjects, steps);
    }

    private static void write(List<BufferedImage> images, Path folder, int first) {
        for (int i = 0; i < images.size(); i++) {
            ImageFiles.writePng(file(folder, first + i), images.get(i));
        }
    }

    /** The images in {@code folder} that were generated. */
    List<BufferedImage> read(Path folder) {
        return IntStream.range(0, subjects.size())
                .mapToObj(i -> ImageFiles.read(file(folder, i)))
                .toList();
    }

    private static Path file(Path folder, int image) {
        return folder.resolve("%04d.png".formatted(image));
    }
}
