package io.percolate.weights.pickle;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle: numbers and texts as its instructions carry them. Every length is checked. */
final class PickleInput {

    private final ByteBuffer bytes;

    PickleInput(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    int unsigned8() {
        return Byte.toUnsignedInt(bytes.get());
    }

    int unsigned16() {
        return Short.toUnsignedInt(bytes.getShort());
    }

    int signed32() {
        return bytes.getInt();
    }

    void skip(int count) {
        bytes.position(bytes.position() + count);
    }

    /** A float64, the one number that is big-endian. */
    double number() {
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    /** A two's complement integer of {@code length} bytes: a Long if it fits, else a BigInteger. */
    Number integer(int length) {
        byte[] littleEndian = take(length);
        byte[] bigEndian = new byte[length + 1];
        for (int i = 0; i < length; i++) {
            bigEndian[length - i] = littleEndian[i];
        }
        bigEndian[0] = (byte) (bigEndian.length > 1 && bigEndian[1] < 0 ? -1 : 0);
        BigInteger value = new BigInteger(bigEndian);
        return value.bitLength() < Long.SIZE ? (Number) value.longValue() : value;
    }

    String utf8(int length) {
        return text(length, StandardCharsets.UTF_8);
    }

    /** Bytes, or a text of Python 2, as one character each. */
    String latin1(int length) {
        return text(length, StandardCharsets.ISO_8859_1);
    }

    /** The text up to the end of the line. */
    String line() {
        int end = bytes.position();
        while (bytes.get(end) != '\n') {
            end++;
        }
        String line = utf8(end - bytes.position());
        skip(1);
        return line;
    }

    private String text(int length, Charset charset) {
        return new String(take(length), charset);
    }

    private byte[] take(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException("the pickle ends inside a text");
        }
        byte[] taken = new byte[count];
        bytes.get(taken);
        return taken;
    }
}
