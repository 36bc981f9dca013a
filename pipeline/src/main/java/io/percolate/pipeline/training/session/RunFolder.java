package io.percolate.pipeline.training.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a training keeps what it makes.
 *
 * @param path the folder
 */
record RunFolder(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(RunFolder.class);

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
        Path png = path.resolve("loss.png");
        write(png, () -> LossPlot.write(log(), png));
    }

    /** Writes an image; one that cannot be written, for want of fonts for instance, is no reason to stop a training. */
    static void write(Path png, Runnable writing) {
        try {
            writing.run();
        } catch (RuntimeException | InternalError | NoClassDefFoundError e) {
            LOG.warn("cannot write {}: {}", png, e.toString());
        }
    }
}
