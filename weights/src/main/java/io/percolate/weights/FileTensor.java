package io.percolate.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A tensor whose elements lie one after another in a file. */
record FileTensor(TensorInfo info, FileRegion region) implements StoredTensor {

    /** Smaller tensors are copied: a mapping costs a page and an entry in the kernel's table. */
    private static final int SMALLEST_MAPPING = 1 << 16;

    private static final int CHUNK = 1 << 20;

    @Override
    public NDArray read(NDManager manager, DataType type) {
        if (info.size() * info.type().dataType().getNumOfBytes() > Integer.MAX_VALUE) {
            throw new WeightsException(region.file() + ": " + info.name() + " " + info.shape()
                    + " has over 2 GB, which the engine cannot take in one piece");
        }
        return EngineArrays.cast(stored(manager, type), type);
    }

    private NDArray stored(NDManager manager, DataType type) {
        DataType own = info.type().dataType();
        if (!info.type().isNative()) {
            return EngineArrays.filled(manager, info.shape(), own, this::widen);
        }
        return own == type && isMappable()
                ? EngineArrays.over(region.map(), manager, info.shape(), own)
                : EngineArrays.filled(manager, info.shape(), own, target -> region.read(0, target));
    }

    private boolean isMappable() {
        return region.bytes() >= SMALLEST_MAPPING
                && region.start() % info.type().bytes() == 0;
    }

    private void widen(ByteBuffer target) {
        ByteBuffer chunk =
                ByteBuffer.allocateDirect((int) Math.min(CHUNK, region.bytes())).order(ByteOrder.LITTLE_ENDIAN);
        for (long offset = 0; offset < region.bytes(); offset += chunk.limit()) {
            chunk.clear().limit((int) Math.min(CHUNK, region.bytes() - offset));
            region.read(offset, chunk);
            widen(chunk.flip(), target);
        }
    }

    private void widen(ByteBuffer halves, ByteBuffer words) {
        short[] from = new short[halves.remaining() / Short.BYTES];
        halves.order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(from);
        int[] to = new int[from.length];
        boolean isFloat = info.type().isFloat();
        for (int i = 0; i < from.length; i++) {
            to[i] = isFloat ? from[i] << 16 : from[i];
        }
        words.asIntBuffer().put(to);
        words.position(words.position() + to.length * Integer.BYTES);
    }
}
