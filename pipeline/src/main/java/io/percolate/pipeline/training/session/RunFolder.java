package io.percolate.pipeline.training.session;

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

    Path checkpoint() {
        return path.resolve("checkpoint.safetensors");
    }

    Path log() {
        return path.resolve("log.jsonl");
    }

    Path sample(long step) {
        return path.resolve("samples").resolve(String.format(Locale.ROOT, "step-%07d.png", step));
    }

    void create() throws IOException {
        Files.createDirectories(path.resolve("samples"));
    }

    void plotLoss() {
        OptionalImage.write(path.resolve("loss.png"), png -> LossPlot.write(log(), png));
    }
}
