package io.percolate.weights.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Converts 32-bit values to the two 16-bit types that the engine's Java side does not know. */
public final class HalfPrecisionConversion {

    private HalfPrecisionConversion() {}

    /** Float32 words as bfloat16, or int32 words as int16. */
    public static ByteBuffer narrow(ByteBuffer words, ElementType type) {
        ByteBuffer halves = ByteBuffer.allocate(words.remaining() / 2).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            int word = words.getInt();
            halves.putShort(type == ElementType.BF16 ? bfloat16(word) : (short) word);
        }
        return halves.flip();
    }

    /** The bfloat16 nearest to the float32 with these bits, ties to even; NaN stays NaN. */
    static short bfloat16(int bits) {
        boolean isNaN = (bits & 0x7fffffff) > 0x7f800000;
        int rounded = isNaN ? bits | 0x400000 : bits + 0x7fff + (bits >>> 16 & 1);
        return (short) (rounded >>> 16);
    }
}
