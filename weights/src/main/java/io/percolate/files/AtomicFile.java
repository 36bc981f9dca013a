package io.percolate.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file whole or not at all: into a temporary file in the same folder, flushed to the disk and
 * then moved into place.
 *
 * <p>Whatever happens on the way, a reader finds the previous file or the new one and never a part of
 * either. Symbolic links stay, and what they point at is written; devices and folders are never replaced. A failure is
 * an {@link UncheckedIOException} that names the file, and leaves nothing behind.
 */
public final class AtomicFile {

    private AtomicFile() {}

    /** Writes {@code file} through a buffered stream; folders above it are made. */
    public static void write(Path file, Content<? super OutputStream> content) {
        writePath(file, temporary -> {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary), 1 << 16)) {
                content.writeTo(out);
            }
        });
    }

    /** Writes {@code file} for libraries that want a path: {@code content} fills the temporary file it is given. */
    public static void writePath(Path file, Content<? super Path> content) {
        try {
            Path target = destination(file);
            Files.createDirectories(target.getParent());
            Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
            try {
                Files.createFile(temporary);
                content.writeTo(temporary);
                flush(temporary);
                move(temporary, target);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static Path destination(Path file) throws IOException {
        if (!Files.exists(file)) {
            return file.toAbsolutePath();
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("what has this name is no ordinary file, choose another");
        }
        return file.toRealPath();
    }

    private static void flush(Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void move(Path temporary, Path target) throws IOException {
        try {
            // An atomic move replaces on its own; file systems that have none may pass over the first option.
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What is written. */
    @FunctionalInterface
    public interface Content<T> {

        /** Writes everything to {@code destination}. */
        void writeTo(T destination) throws IOException;
    }
}
