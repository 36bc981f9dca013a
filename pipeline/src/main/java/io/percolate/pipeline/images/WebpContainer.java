package io.percolate.pipeline.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file (WebP container specification, "Extended File Format"). */
final class WebpContainer {

    private static final int RIFF_HEADER = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int EXTENDED = 10;
    private static final int HAS_EXIF = 0x08;

    private WebpContainer() {}

    /** The simple file {@code webp}, an opaque image of this size, as an extended file with EXIF data. */
    static byte[] withExif(byte[] webp, int width, int height, byte[] exif) {
        int padded = exif.length + exif.length % 2;
        int length = webp.length + CHUNK_HEADER + EXTENDED + CHUNK_HEADER + padded;
        ByteBuffer file = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        chunk(file, "RIFF", length - CHUNK_HEADER).put("WEBP".getBytes(StandardCharsets.US_ASCII));
        chunk(file, "VP8X", EXTENDED).putInt(HAS_EXIF);
        put24(put24(file, width - 1), height - 1);
        file.put(webp, RIFF_HEADER, webp.length - RIFF_HEADER);
        chunk(file, "EXIF", exif.length).put(exif);
        return file.array();
    }

    private static ByteBuffer chunk(ByteBuffer file, String name, int length) {
        return file.put(name.getBytes(StandardCharsets.US_ASCII)).putInt(length);
    }

    private static ByteBuffer put24(ByteBuffer file, int value) {
        return file.putShort((short) value).put((byte) (value >> 16));
    }
}
