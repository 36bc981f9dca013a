package io.percolate.nn;

/** The element type that a network computes in. */
public enum Precision {
    FP32(6),
    BF16(15),
    FP16(5);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** The number of this type in ATen's {@code ScalarType}. */
    long scalarType() {
        return scalarType;
    }
}
