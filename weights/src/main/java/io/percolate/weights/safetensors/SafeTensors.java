package io.percolate.weights.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.weights.tensors.Channels;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.FileFormat;
import io.percolate.weights.tensors.FileRegion;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorMap;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.function.Function;

/**
 * A safetensors file: eight bytes of header length, a JSON header, and the tensors' bytes.
 *
 * <p>Files of any size open at once: only the header is read, tensors when asked for. A file that breaks the
 * format's rules is refused with a {@link WeightsException}.
 */
public final class SafeTensors extends TensorMap {

    private static final long LARGEST_HEADER = 100_000_000;

    private final Map<String, String> metadata;

    private SafeTensors(Path file, FileChannel channel, SafeTensorsHeader header) {
        super(file.toString(), header.tensors(file, channel), () -> Channels.close(channel));
        this.metadata = Collections.unmodifiableMap(header.metadata());
    }

    /** Opens a file and checks its header. */
    public static SafeTensors open(Path file) {
        return Channels.reading(file, channel -> {
            if (FileFormat.of(file, channel) != FileFormat.SAFETENSORS) {
                throw new WeightsException(file + ": a torch checkpoint and not safetensors: open it as one (.ckpt)");
            }
            byte[] json = headerBytes(file, channel);
            return new SafeTensors(file, channel, SafeTensorsHeader.parse(file.toString(), json, channel.size()));
        });
    }

    /**
     * Writes arrays, numbers with a fraction as {@code floatType} (F32, F16, BF16 or F64, rounded to nearest
     * even), whole or not at all. The metadata {@code format: pt} of published files is added. The same
     * arrays give the same bytes.
     */
    public static void write(
            Path file, Map<String, NDArray> tensors, Map<String, String> metadata, ElementType floatType) {
        write(file, tensors, metadata, name -> floatType);
    }

    /** The same, with {@code floatType} of each tensor's name. */
    public static void write(
            Path file,
            Map<String, NDArray> tensors,
            Map<String, String> metadata,
            Function<String, ElementType> floatType) {
        if (tensors.isEmpty()) {
            throw new IllegalArgumentException("no tensors to write to " + file);
        }
        try (NDManager manager = tensors.values().iterator().next().getManager().newSubManager()) {
            write(file, StateDict.of(tensors), metadata, floatType, manager);
        }
    }

    /**
     * Writes the tensors of {@code dict}, one at a time in memory; otherwise as the method above. A null
     * {@code floatType} keeps each tensor's type.
     */
    public static void write(
            Path file, StateDict dict, Map<String, String> metadata, ElementType floatType, NDManager manager) {
        write(file, dict, metadata, name -> floatType == null ? dict.info(name).type() : floatType, manager);
    }

    private static void write(
            Path file,
            StateDict dict,
            Map<String, String> metadata,
            Function<String, ElementType> floatType,
            NDManager manager) {
        new SafeTensorsWriter(dict, metadata, floatType, manager).write(file);
    }

    @Override
    public Map<String, String> metadata() {
        return metadata;
    }

    private static byte[] headerBytes(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new WeightsException(file + ": " + size + " bytes are no safetensors file, download it again");
        }
        long length = bytes(file, channel, 0, Long.BYTES).getLong(0);
        if (length < 2 || length > LARGEST_HEADER || length > size - Long.BYTES) {
            throw new WeightsException(("%s: a header of %s bytes in a file of %d (at most %d are allowed): the file is"
                            + " cut short or not a safetensors file")
                    .formatted(file, Long.toUnsignedString(length), size, LARGEST_HEADER));
        }
        return bytes(file, channel, Long.BYTES, (int) length).array();
    }

    private static ByteBuffer bytes(Path file, FileChannel channel, long start, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        new FileRegion(file, channel, start, length).read(0, bytes);
        return bytes;
    }
}
