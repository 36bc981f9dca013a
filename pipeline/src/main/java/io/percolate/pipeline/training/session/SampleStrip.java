package io.percolate.pipeline.training.session;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The first row of every sample of a run, one below the other: the same prompts and seeds as training goes on. */
final class SampleStrip {

    private static final int SPACING = 4;
    private static final int MOST_ROWS = 24;

    private SampleStrip() {}

    /**
     * Writes the strip of the samples in {@code folder}, evenly thinned out if there are many.
     *
     * @param side of each image, in pixels
     */
    static void write(Path folder, int side, Path png) {
        List<Path> samples = samples(folder);
        List<BufferedImage> rows = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int count = Math.min(MOST_ROWS, samples.size());
        for (int i = 0; i < count; i++) {
            Path sample = samples.get(count == 1 ? 0 : i * (samples.size() - 1) / (count - 1));
            rows.add(firstRow(ImageFiles.read(sample), side));
            names.add(name(sample));
        }
        if (!rows.isEmpty()) {
            ImageFiles.writePng(png, new ImageGrid(1, SPACING).draw(rows, names));
        }
    }

    private static BufferedImage firstRow(BufferedImage sample, int side) {
        return sample.getSubimage(0, SPACING, sample.getWidth(), Math.min(side, sample.getHeight() - SPACING));
    }

    private static String name(Path sample) {
        return sample.getFileName().toString().replaceAll("step-0*(\\d+)\\.png", "step $1");
    }

    private static List<Path> samples(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("step-\\d+\\.png"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }
}
