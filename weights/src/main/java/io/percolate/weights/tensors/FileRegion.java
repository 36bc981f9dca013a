package io.percolate.weights.tensors;

import io.percolate.files.Uninterrupted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A range of bytes in an open file. Interrupting a thread that reads it leaves the file open for the others. */
public record FileRegion(Path file, FileChannel channel, long start, long bytes) {

    /** The bytes as read-only memory: read when touched, or at once from file systems that cannot map files. */
    ByteBuffer map() {
        return Uninterrupted.call(() -> {
            try {
                return mapped().order(ByteOrder.LITTLE_ENDIAN);
            } catch (IOException e) {
                throw unreadable(e);
            }
        });
    }

    private ByteBuffer mapped() throws IOException {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, bytes);
        } catch (UnsupportedOperationException unmappable) {
            return copy();
        }
    }

    private ByteBuffer copy() throws IOException {
        ByteBuffer copy = ByteBuffer.allocateDirect(Math.toIntExact(bytes));
        fill(start, copy);
        return copy.flip();
    }

    /** Fills the rest of {@code target} with the bytes from {@code offset} on. */
    public void read(long offset, ByteBuffer target) {
        Uninterrupted.call(() -> {
            try {
                fill(start + offset, target);
                return null;
            } catch (IOException e) {
                throw unreadable(e);
            }
        });
    }

    private void fill(long position, ByteBuffer target) throws IOException {
        long next = position;
        while (target.hasRemaining()) {
            int count = channel.read(target, next);
            if (count < 0) {
                throw new WeightsException(file + ": the file was cut short while it was read");
            }
            next += count;
        }
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
}
