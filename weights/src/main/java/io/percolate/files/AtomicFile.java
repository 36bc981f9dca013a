package io.percolate.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a file whole or not at all: into a temporary file in the same folder, flushed to the disk and
 * then moved into place.
 *
 * <p>Whatever happens on the way, a reader finds the previous file or the new one and never a part of
 * either. Symbolic links stay, and what they point at is written; devices and folders are never replaced. A failure is
 * an {@link UncheckedIOException} that names the file and the reason, and leaves nothing behind. An interrupt does not
 * cut a write short.
 */
public final class AtomicFile {

    private static final Pattern LEFTOVER =
            Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.partial");

    private AtomicFile() {}

    /**
     * Deletes the temporary files that a killed process left in {@code folder} and up to two folders below. Nobody may
     * be writing there.
     */
    public static void removeLeftovers(Path folder) {
        try (Stream<Path> files = Files.find(folder, 3, (file, attributes) -> isLeftover(file))) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy " + folder + ": " + FailureReason.of(e), e);
        }
    }

    /**
     * Deletes such files in {@code folder} itself that nobody has written to for {@code untouched}; somebody may be
     * writing others there.
     */
    public static void removeLeftovers(Path folder, Duration untouched) {
        FileTime limit = FileTime.from(Instant.now().minus(untouched));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, AtomicFile::isLeftover)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException taken) {
            // it was finished, or somebody else deletes it
        } catch (IOException e) {
            throw new UncheckedIOException("cannot tidy " + folder + ": " + FailureReason.of(e), e);
        }
    }

    private static boolean isLeftover(Path file) {
        return LEFTOVER.matcher(String.valueOf(file.getFileName())).matches();
    }

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
            throw failure(file, e);
        }
    }

    private static UncheckedIOException failure(Path file, IOException e) {
        return new UncheckedIOException("cannot write " + file + ": " + FailureReason.of(e), e);
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
        Optional<IOException> failure = Uninterrupted.call(() -> {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
                return Optional.empty();
            } catch (IOException e) {
                return Optional.of(e);
            }
        });
        if (failure.isPresent()) {
            throw failure.get();
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
