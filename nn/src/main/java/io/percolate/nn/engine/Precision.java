package io.percolate.nn.engine;

/** The element type that a network computes in. */
public enum Precision {
    FP32(6),
    BF16(15),
    FP16(5);

    private static final long WORTH_HALVING = 100_000_000;

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /**
     * What suits a network: bfloat16 where the processor multiplies such numbers itself, unless the network is so small
     * that little time is gained, and images that are the same on every machine are worth more.
     *
     * @param parameterCount scalars of the network
     */
    public static Precision suited(long parameterCount) {
        return Processor.hasBfloat16() && parameterCount >= WORTH_HALVING ? BF16 : FP32;
    }

    /** What suits training: bfloat16 where the processor multiplies such numbers itself; elsewhere it is far slower. */
    public static Precision suitedToTraining() {
        return Processor.hasBfloat16() ? BF16 : FP32;
    }

    /** The number of this type in ATen's {@code ScalarType}. */
    long scalarType() {
        return scalarType;
    }
}
