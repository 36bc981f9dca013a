package io.percolate.weights.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.percolate.files.AtomicFile;
import io.percolate.files.Json;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.HalfPrecisionConversion;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Writes a state dict as safetensors: widest types first so that everything is aligned, then by name. */
final class SafeTensorsWriter {

    private static final int ALIGNMENT = 8;
    private static final int CHUNK = 1 << 20;

    private final StateDict dict;
    private final Map<String, String> metadata;
    private final NDManager manager;
    private final List<TensorInfo> infos = new ArrayList<>();

    /** Stores numbers with a fraction as what {@code floatType} gives for their tensor's name. */
    SafeTensorsWriter(
            StateDict dict, Map<String, String> metadata, Function<String, ElementType> floatType, NDManager manager) {
        this.dict = dict;
        this.metadata = new TreeMap<>(metadata);
        this.metadata.putIfAbsent("format", "pt");
        this.manager = manager;
        dict.names().forEach(name -> infos.add(target(dict.info(name), floatType.apply(name))));
        infos.sort(
                Comparator.comparing((TensorInfo info) -> -info.type().bytes()).thenComparing(TensorInfo::name));
    }

    void write(Path file) {
        AtomicFile.write(file, out -> {
            writeFully(out, header());
            for (TensorInfo info : infos) {
                writeTensor(out, info);
            }
        });
    }

    private static TensorInfo target(TensorInfo info, ElementType floatType) {
        if (info.type().isFloat() && !floatType.isFloat()) {
            throw new IllegalArgumentException("numbers with a fraction cannot be stored as " + floatType);
        }
        ElementType type = info.type().isFloat() ? floatType : info.type();
        return new TensorInfo(info.name(), type, info.shape());
    }

    private ByteBuffer header() throws IOException {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("__metadata__", metadata);
        long offset = 0;
        for (TensorInfo info : infos) {
            entries.put(info.name(), entry(info, offset));
            offset += info.bytes();
        }
        byte[] json = Json.compact(entries);
        int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(length).put(json);
        while (header.hasRemaining()) {
            header.put((byte) ' ');
        }
        return header.flip();
    }

    private static Map<String, Object> entry(TensorInfo info, long offset) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", info.type().name());
        entry.put("shape", info.shape().getShape());
        entry.put("data_offsets", new long[] {offset, offset + info.bytes()});
        return entry;
    }

    private void writeTensor(OutputStream out, TensorInfo info) throws IOException {
        try (NDScope scope = new NDScope();
                NDArray array = dict.read(manager, info.name(), info.type().dataType())) {
            scope.suppressNotUsedWarning();
            ByteBuffer bytes = array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(out, info.type().isNative() ? bytes : HalfPrecisionConversion.narrow(bytes, info.type()));
        }
    }

    /** Through a stream and not a channel: an interrupt would close the channel. */
    private static void writeFully(OutputStream out, ByteBuffer bytes) throws IOException {
        byte[] chunk = new byte[Math.min(bytes.remaining(), CHUNK)];
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), chunk.length);
            bytes.get(chunk, 0, length);
            out.write(chunk, 0, length);
        }
    }
}
