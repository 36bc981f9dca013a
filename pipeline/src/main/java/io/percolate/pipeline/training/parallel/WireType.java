package io.percolate.pipeline.training.parallel;

/** What a worker sends its numbers as. */
public enum WireType {
    /** Single precision. */
    FP32(Float.BYTES) {
        @Override
        WireVector pack(float[] values) {
            return new WireVector.Floats(values);
        }
    },
    /** Half of the bytes, rounded to the nearest, to the even one of two. */
    BF16(Short.BYTES) {
        @Override
        WireVector pack(float[] values) {
            short[] bits = new short[values.length];
            for (int i = 0; i < bits.length; i++) {
                bits[i] = upperHalf(Float.floatToIntBits(values[i]));
            }
            return new WireVector.Halves(bits);
        }

        private static short upperHalf(int bits) {
            int nan = 0x7fc00000;
            int even = bits >>> Short.SIZE & 1;
            return (short) ((bits == nan ? nan : bits + 0x7fff + even) >>> Short.SIZE);
        }
    };

    private final int bytes;

    WireType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of a number. */
    public int bytes() {
        return bytes;
    }

    /** The numbers, ready to travel. */
    abstract WireVector pack(float[] values);
}
