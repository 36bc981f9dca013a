package io.percolate.weights.tensors;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/** Engine arrays made from bytes and bytes taken from engine arrays, in the processor's memory. */
public final class EngineArrays {

    private EngineArrays() {}

    /**
     * An array over {@code bytes} itself: a direct buffer is not copied, and lives as long as the array's first
     * handle.
     */
    static NDArray over(ByteBuffer bytes, NDManager manager, Shape shape, DataType type) {
        try (NDManager cpu = manager.newSubManager(Device.cpu())) {
            return move(cpu.create(bytes, shape, type), manager);
        }
    }

    /** A new array whose memory {@code fill} writes. */
    public static NDArray filled(NDManager manager, Shape shape, DataType type, Consumer<ByteBuffer> fill) {
        try (NDManager cpu = manager.newSubManager(Device.cpu())) {
            NDArray array = cpu.create(shape, type);
            if (shape.size() > 0) {
                fill.accept(array.toByteBuffer(true).order(ByteOrder.LITTLE_ENDIAN));
            }
            return move(array, manager);
        }
    }

    /** Moves {@code array} to {@code manager} and its device; if that makes a copy, {@code array} is closed. */
    static NDArray move(NDArray array, NDManager manager) {
        NDArray moved = array.toDevice(manager.getDevice(), false);
        if (moved != array) {
            array.close();
        }
        moved.attach(manager);
        return moved;
    }

    /** Converts {@code array} and closes it, unless it already is of {@code type}. */
    public static NDArray cast(NDArray array, DataType type) {
        if (array.getDataType() == type) {
            return array;
        }
        try (array) {
            return array.toType(type, false);
        }
    }
}
