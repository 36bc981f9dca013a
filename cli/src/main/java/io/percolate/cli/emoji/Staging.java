package io.percolate.cli.emoji;

import io.percolate.files.LockFile;
import io.percolate.pipeline.data.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that is filled out of sight and then takes the place of {@code out} in one move. What a killed run left
 * behind is deleted by the next one; two runs at once are kept apart by a lock.
 */
final class Staging implements AutoCloseable {

    private final Path out;
    private final Path folder;
    private final LockFile lock;

    private Staging(Path out) {
        this.out = out;
        folder = out.resolveSibling("." + out.getFileName() + ".incomplete");
        lock = LockFile.claim(
                out.resolveSibling("." + out.getFileName() + ".lock"),
                owner -> new DatasetException(out + " is being prepared by another run (" + owner
                        + "): wait for it, or give another folder"));
    }

    /** Makes the hidden folder beside {@code out}. */
    static Staging of(Path out) throws IOException {
        refuseOther(out);
        Staging staging = new Staging(out);
        delete(staging.folder);
        Files.createDirectories(staging.workspace());
        Files.createDirectories(staging.result());
        return staging;
    }

    /** For what is only needed on the way. */
    Path workspace() {
        return folder.resolve("workspace");
    }

    /** What becomes {@code out}. */
    Path result() {
        return folder.resolve("result");
    }

    /** Moves the result to its place. */
    void publish() throws IOException {
        if (Files.exists(out)) {
            Files.move(out, folder.resolve("replaced"), StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(result(), out, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        delete(folder);
        lock.close();
    }

    private static void refuseOther(Path out) throws IOException {
        if (Files.exists(out) && !isEmpty(out) && !EmojiFolder.isOne(out)) {
            throw new DatasetException(out + " holds something else: give a new or empty folder");
        }
    }

    private static boolean isEmpty(Path out) throws IOException {
        if (!Files.isDirectory(out)) {
            return false;
        }
        try (Stream<Path> files = Files.list(out)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
