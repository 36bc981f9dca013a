package io.percolate.pipeline.training.session;

import io.percolate.files.Uninterrupted;
import io.percolate.pipeline.images.OptionalImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where a training keeps what it makes.
 *
 * @param path the folder
 */
record RunFolder(Path path) {

    CheckpointFiles checkpoints() {
        return new CheckpointFiles(path);
    }

    Path log() {
        return path.resolve("log.jsonl");
    }

    Path sample(long step) {
        return path.resolve("samples").resolve(String.format(Locale.ROOT, "step-%07d.png", step));
    }

    void create() throws IOException {
        Files.createDirectories(path.resolve("samples"));
        checkpoints().removeUnfinished();
    }

    /** Writes the strip of all samples, whose images have this side; nothing if that is 0. */
    void joinSamples(int side) {
        if (side > 0) {
            OptionalImage.write(
                    path.resolve("samples").resolve("strip.png"), png -> SampleStrip.write(png.getParent(), side, png));
        }
    }

    void plotLoss() {
        OptionalImage.write(
                path.resolve("loss.png"),
                png -> Uninterrupted.call(() -> {
                    LossPlot.write(log(), png); // Java's own plotting loses interrupts
                    return png;
                }));
    }
}
