package io.percolate.weights.tensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.function.Consumer;

/** A tensor whose elements lie one after another in a file. */
public record FileTensor(TensorInfo info, FileRegion region) implements StoredTensor {

    /** Smaller tensors are copied: a mapping costs a page and an entry in the kernel's table. */
    private static final int SMALLEST_MAPPING = 1 << 16;

    private static final int LARGEST_CHUNK = 1 << 18;

    @Override
    public NDArray read(NDManager manager, DataType type) {
        return info.type().dataType() == type && isMappable() ? mapped(manager, type) : copy(manager, type);
    }

    private NDArray mapped(NDManager manager, DataType type) {
        requireSize();
        return EngineArrays.over(region.map(), manager, info.shape(), type);
    }

    @Override
    public NDArray copy(NDManager manager, DataType type) {
        requireSize();
        Consumer<ByteBuffer> fill = info.type().isNative() ? target -> region.read(0, target) : this::widen;
        return EngineArrays.cast(
                EngineArrays.filled(manager, info.shape(), info.type().dataType(), fill), type);
    }

    private void requireSize() {
        if (info.size() * info.type().dataType().getNumOfBytes() > Integer.MAX_VALUE) {
            throw new WeightsException(region.file() + ": " + info.name() + " " + info.shape()
                    + " has over 2 GB, which the engine cannot take in one piece");
        }
    }

    private boolean isMappable() {
        return info.type().isNative()
                && region.bytes() >= SMALLEST_MAPPING
                && region.start() % info.type().bytes() == 0;
    }

    private void widen(ByteBuffer target) {
        IntBuffer words = target.asIntBuffer();
        int[] pairs = new int[(int) Math.min(LARGEST_CHUNK, region.bytes() + Short.BYTES) / Integer.BYTES];
        ByteBuffer chunk =
                ByteBuffer.allocateDirect(pairs.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int[] widened = new int[2 * pairs.length];
        while (words.hasRemaining()) {
            int count = Math.min(widened.length, words.remaining());
            region.read((long) words.position() * Short.BYTES, chunk.clear().limit(count * Short.BYTES));
            chunk.clear().asIntBuffer().get(pairs);
            widen(pairs, widened);
            words.put(widened, 0, count);
        }
    }

    /** Two elements at a time: the compiler that starts fast does not join them itself. */
    private void widen(int[] pairs, int[] widened) {
        boolean isFloat = info.type().isFloat();
        for (int i = 0; i < pairs.length; i++) {
            int pair = pairs[i];
            widened[2 * i] = isFloat ? pair << 16 : (short) pair;
            widened[2 * i + 1] = isFloat ? pair & 0xffff0000 : pair >> 16;
        }
    }
}
