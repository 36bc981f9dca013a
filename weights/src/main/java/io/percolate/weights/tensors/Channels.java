package io.percolate.weights.tensors;

import io.percolate.files.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Opens and closes files that stay open for as long as their tensors are read. */
public final class Channels {

    private Channels() {}

    /** Opens {@code file} and returns what {@code reader} makes of it. The file stays open, unless the reader fails. */
    public static <T> T reading(Path file, Reader<T> reader) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + ": no such file");
        }
        return Uninterrupted.call(() -> {
            try {
                return readOrClose(open(file), reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + ": " + e, e);
            }
        });
    }

    private static FileChannel open(Path file) throws IOException {
        try {
            return FileChannel.open(file);
        } catch (UnsupportedOperationException streamsOnly) {
            return copied(file);
        }
    }

    /** A copy where files can be read from any position, which is deleted when it is closed. */
    private static FileChannel copied(Path file) throws IOException {
        Path copy = Files.createTempFile("percolate-", ".tensors");
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        return FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    }

    private static <T> T readOrClose(FileChannel channel, Reader<T> reader) throws IOException {
        try {
            return reader.read(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Closes a file whose tensors nobody reads any more. */
    public static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes what is needed from an open file. */
    @FunctionalInterface
    public interface Reader<T> {

        /** What is needed from {@code channel}. */
        T read(FileChannel channel) throws IOException;
    }
}
