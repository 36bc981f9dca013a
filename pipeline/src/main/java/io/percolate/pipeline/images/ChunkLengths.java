package io.percolate.pipeline.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The lengths that the chunks of a PNG or WebP file give. Readers of metadata allocate what a length says before they
 * read, and a file of a hundred bytes may say two gigabytes.
 */
final class ChunkLengths {

    private static final long PNG_SIGNATURE = 0x89504e470d0a1a0aL;
    private static final int RIFF = 0x52494646;
    private static final int RIFF_HEADER = 12;
    private static final int FIELD = 4;
    private static final int HEADER = 2 * FIELD;

    private ChunkLengths() {}

    /** Whether every chunk of {@code file} ends inside it; other formats have none that could be too long. */
    static boolean fit(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        if (file.length < RIFF_HEADER) {
            return true;
        }
        if (bytes.getLong(0) == PNG_SIGNATURE) {
            return fit(bytes, Long.BYTES, 0, FIELD);
        }
        return bytes.getInt(0) != RIFF || fit(bytes.order(ByteOrder.LITTLE_ENDIAN), RIFF_HEADER, FIELD, 0);
    }

    /**
     * Goes from chunk to chunk.
     *
     * @param first where the first one begins
     * @param lengthAt where in the eight bytes before its content a chunk says its length
     * @param checksum how many bytes follow the content
     */
    private static boolean fit(ByteBuffer file, int first, int lengthAt, int checksum) {
        long at = first;
        while (at + HEADER <= file.limit()) {
            long length = Integer.toUnsignedLong(file.getInt((int) at + lengthAt));
            long end = at + HEADER + length;
            if (end > file.limit()) {
                return false;
            }
            at = checksum > 0 ? end + checksum : end + length % 2;
        }
        return true;
    }
}
