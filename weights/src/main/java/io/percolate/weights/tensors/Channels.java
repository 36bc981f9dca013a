package io.percolate.weights.tensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens and closes files that stay open for as long as their tensors are read. */
public final class Channels {

    private Channels() {}

    /** What {@code reader} makes of {@code file}, which stays open unless it fails. */
    public static <T> T reading(Path file, Reader<T> reader) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + ": no such file");
        }
        try {
            return readOrClose(FileChannel.open(file), reader);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
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
