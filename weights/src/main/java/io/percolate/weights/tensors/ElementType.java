package io.percolate.weights.tensors;

import ai.djl.ndarray.types.DataType;

/** How one number is stored in a file; names as in safetensors. */
public enum ElementType {
    F64(8, DataType.FLOAT64),
    F32(4, DataType.FLOAT32),
    F16(2, DataType.FLOAT16),
    /** The upper half of a float32. The engine's Java side cannot hold it, so it is read as float32. */
    BF16(2, DataType.FLOAT32),
    I64(8, DataType.INT64),
    I32(4, DataType.INT32),
    /** Read as int32: the engine's Java side has no 16-bit integers. */
    I16(2, DataType.INT32),
    I8(1, DataType.INT8),
    U8(1, DataType.UINT8),
    BOOL(1, DataType.BOOLEAN);

    private final int bytes;
    private final DataType dataType;

    ElementType(int bytes, DataType dataType) {
        this.bytes = bytes;
        this.dataType = dataType;
    }

    /** Bytes per element in a file. */
    public int bytes() {
        return bytes;
    }

    /** The engine's type that holds every value exactly. */
    public DataType dataType() {
        return dataType;
    }

    /** Whether the numbers have a fraction. */
    public boolean isFloat() {
        return dataType.isFloating();
    }

    /** Whether the engine's arrays have these very bytes. */
    public boolean isNative() {
        return bytes == dataType.getNumOfBytes();
    }

    /** The type whose bytes are those of an engine array of {@code type}. */
    static ElementType of(DataType type) {
        for (ElementType element : values()) {
            if (element.isNative() && element.dataType == type) {
                return element;
            }
        }
        throw new IllegalArgumentException(
                "arrays of type " + type + " can be neither read nor written here: use float32");
    }
}
