package io.percolate.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: eight bytes of header length, a JSON header, and the tensors' bytes.
 *
 * <p>Files of any size open at once: only the header is read, tensors when asked for. A file that breaks the
 * format's rules is refused with a {@link WeightsException}.
 */
public final class SafeTensors implements StateDict {

    private static final long LARGEST_HEADER = 100_000_000;

    private final FileChannel channel;
    private final TensorMap tensors;
    private final Map<String, String> metadata;

    private SafeTensors(Path file, FileChannel channel) throws IOException {
        this.channel = channel;
        byte[] json = headerBytes(file, channel);
        long dataStart = Long.BYTES + json.length;
        SafeTensorsHeader header = SafeTensorsHeader.parse(file.toString(), json, channel.size() - dataStart);
        Map<String, StoredTensor> stored = new LinkedHashMap<>();
        header.extents().forEach((name, extent) -> {
            long bytes = extent.end() - extent.begin();
            FileRegion region = new FileRegion(file, channel, dataStart + extent.begin(), bytes);
            stored.put(name, new FileTensor(extent.info(), region));
        });
        this.tensors = new TensorMap(file.toString(), stored, () -> {});
        this.metadata = Collections.unmodifiableMap(header.metadata());
    }

    /** Opens a file and checks its header. */
    public static SafeTensors open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new WeightsException(file + ": no such file");
        }
        try {
            FileChannel channel = FileChannel.open(file);
            try {
                return new SafeTensors(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Writes arrays, numbers with a fraction as {@code floatType} (F32, F16, BF16 or F64, rounded to nearest
     * even), whole or not at all. The metadata {@code format: pt} of published files is added. The same
     * arrays give the same bytes.
     */
    public static void write(
            Path file, Map<String, NDArray> tensors, Map<String, String> metadata, ElementType floatType) {
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
        new SafeTensorsWriter(dict, metadata, floatType, manager).write(file);
    }

    /** The texts that the header carries beside the tensors. */
    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public String source() {
        return tensors.source();
    }

    @Override
    public Set<String> names() {
        return tensors.names();
    }

    @Override
    public TensorInfo info(String name) {
        return tensors.info(name);
    }

    @Override
    public NDArray read(NDManager manager, String name, DataType type) {
        return tensors.read(manager, name, type);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] headerBytes(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        byte[] start = bytes(file, channel, 0, (int) Math.min(size, Long.BYTES));
        refuseOtherFormats(file, new String(start, StandardCharsets.ISO_8859_1));
        if (size < Long.BYTES) {
            throw new WeightsException(file + ": " + size + " bytes are no safetensors file, download it again");
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LARGEST_HEADER || length > size - Long.BYTES) {
            throw new WeightsException(("%s: a header of %s bytes in a file of %d (at most %d are allowed): the file is"
                            + " cut short or not a safetensors file")
                    .formatted(file, Long.toUnsignedString(length), size, LARGEST_HEADER));
        }
        return bytes(file, channel, Long.BYTES, (int) length);
    }

    private static void refuseOtherFormats(Path file, String start) {
        if (start.startsWith("version ")) {
            throw new WeightsException(file + ": a Git LFS pointer and not the weights: run git lfs pull");
        }
        if (start.startsWith("<")) {
            throw new WeightsException(file + ": a web page and not the weights: download the file itself");
        }
        if (start.startsWith("PK")) {
            throw new WeightsException(
                    file + ": a zip file and not safetensors: open it as a torch checkpoint (.ckpt)");
        }
    }

    private static byte[] bytes(Path file, FileChannel channel, long start, int length) {
        byte[] bytes = new byte[length];
        new FileRegion(file, channel, start, length).read(0, ByteBuffer.wrap(bytes));
        return bytes;
    }
}
