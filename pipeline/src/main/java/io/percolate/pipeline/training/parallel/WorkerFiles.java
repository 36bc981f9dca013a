package io.percolate.pipeline.training.parallel;

import io.percolate.files.FailureReason;
import io.percolate.weights.safetensors.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a worker leaves after each round for whoever takes its place, in a folder that all machines see. The last rounds
 * are kept: the driver may go on from a checkpoint before the newest.
 *
 * @param folder of this worker alone
 */
record WorkerFiles(Path folder) {

    private static final int KEPT = 3;
    private static final String PREFIX = "step-";

    /** Those of a worker of the training in {@code run}. */
    static WorkerFiles of(Path run, WorkerSlice slice) {
        return new WorkerFiles(run.resolve("workers").resolve(slice.index() + "-of-" + slice.count()));
    }

    /** Has {@code writer} write the state after {@code step} steps: the file is whole, or not there. */
    void save(long step, Consumer<Path> writer) {
        Path next = folder.resolve("next-" + ProcessHandle.current().pid() + ".safetensors");
        try {
            Files.createDirectories(folder);
            writer.accept(next);
            Files.move(next, file(step), StandardCopyOption.ATOMIC_MOVE);
            removeOld(step);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file(step) + ": " + FailureReason.of(e), e);
        }
    }

    /** Of the rounds up to {@code step}; later ones, of a session that was killed, come again. */
    private void removeOld(long step) throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            newestFirst = files.filter(file -> isUpTo(file(step), file))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path old : newestFirst.subList(Math.min(KEPT, newestFirst.size()), newestFirst.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static boolean isUpTo(Path last, Path file) {
        return file.getFileName().toString().startsWith(PREFIX) && file.compareTo(last) <= 0;
    }

    /** The state after {@code step} steps, if it is there. */
    Optional<Checkpoint> open(long step) {
        return Files.exists(file(step)) ? Optional.of(Checkpoint.open(file(step))) : Optional.empty();
    }

    private Path file(long step) {
        return folder.resolve(String.format(Locale.ROOT, PREFIX + "%09d.safetensors", step));
    }
}
