package io.percolate.weights.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a file of weights is, told by how it begins and never by its name. */
public enum FileFormat {
    SAFETENSORS,
    TORCH_ZIP,
    TORCH_LEGACY;

    private static final int LOOK = 16;

    /** The format; what clearly is no file of weights is refused, the rest passes as safetensors. */
    public static FileFormat of(Path file, FileChannel channel) throws IOException {
        String start = start(file, channel);
        if (start.startsWith("\0\0\0\0", 4)) {
            return SAFETENSORS;
        }
        ForeignFormats.refuse(file, start);
        if (start.startsWith("PK")) {
            return TORCH_ZIP;
        }
        return start.startsWith("\u0080\u0002") ? TORCH_LEGACY : SAFETENSORS;
    }

    private static String start(Path file, FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(LOOK, channel.size()));
        new FileRegion(file, channel, 0, bytes.capacity()).read(0, bytes);
        return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
    }
}
