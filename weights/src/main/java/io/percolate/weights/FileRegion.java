package io.percolate.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A stretch of an open file. */
record FileRegion(Path file, FileChannel channel, long start, long bytes) {

    /** The bytes as read-only memory; they are read from the disk when touched. */
    ByteBuffer map() {
        try {
            return channel.map(FileChannel.MapMode.READ_ONLY, start, bytes).order(ByteOrder.LITTLE_ENDIAN);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Fills the rest of {@code target} with the bytes from {@code offset} on. */
    void read(long offset, ByteBuffer target) {
        long position = start + offset;
        try {
            while (target.hasRemaining()) {
                int count = channel.read(target, position);
                if (count < 0) {
                    throw new WeightsException(file + ": the file was cut short while it was read");
                }
                position += count;
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private UncheckedIOException unreadable(IOException e) {
        return new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
}
