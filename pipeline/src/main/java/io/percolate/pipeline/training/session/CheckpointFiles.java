package io.percolate.pipeline.training.session;

import io.percolate.files.BadFileException;
import io.percolate.files.FailureReason;
import io.percolate.weights.safetensors.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last two checkpoints of a run. There is always a whole one: a new one is complete and on the disk before it takes
 * the place of the newest, which then takes the place of the one before.
 *
 * @param folder the run folder
 */
record CheckpointFiles(Path folder) {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointFiles.class);

    Path newest() {
        return folder.resolve("checkpoint.safetensors");
    }

    Path previous() {
        return folder.resolve("checkpoint-previous.safetensors");
    }

    private Path next() {
        return folder.resolve("checkpoint-next.safetensors");
    }

    boolean exist() {
        return Files.exists(newest());
    }

    /** Has {@code writer} write the next one. */
    void save(Consumer<Path> writer) {
        try {
            removeUnfinished();
            try {
                writer.accept(next());
                keepNewest();
                Files.move(next(), newest(), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                removeUnfinished();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + newest() + ": " + FailureReason.of(e), e);
        }
    }

    /** Deletes what a killed run had not yet put in its place. */
    void removeUnfinished() throws IOException {
        Files.deleteIfExists(next());
        Files.deleteIfExists(link());
    }

    /** The newest stays where it is until it is replaced. */
    private void keepNewest() throws IOException {
        if (exist()) {
            try {
                Files.createLink(link(), newest());
            } catch (UnsupportedOperationException | IOException withoutLinks) {
                Files.copy(newest(), link(), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(link(), previous(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private Path link() {
        return folder.resolve("checkpoint-link.safetensors");
    }

    /** Opens the newest, or the one before if the newest is damaged. */
    Checkpoint open() {
        try {
            return Checkpoint.open(newest());
        } catch (BadFileException | UncheckedIOException damaged) {
            if (!Files.exists(previous())) {
                throw damaged;
            }
            LOG.warn("{}; going on from the checkpoint before it", damaged.getMessage());
            return Checkpoint.open(previous());
        }
    }
}
