package io.percolate.tests.robustness;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages the bytes of a file at random. */
final class Mutation {

    private static final int MOST = 4;
    private static final int LONGEST = 8;

    /** What readers trip over: numbers at the edge of a type, and pieces of the formats. */
    private static final List<byte[]> TRAPS = traps(
            "-1",
            "0",
            "9999999",
            "2147483647",
            "9223372036854775807",
            "1e308",
            "NaN",
            "null",
            "[[[[[[[[",
            "{}",
            "\"\"",
            "\\u0000",
            "../",
            "\u00ff\u00ff\u00ff\u00ff",
            "\u007f\u00ff\u00ff\u00ff",
            "\0\0\0\0",
            "\0\0\0\u0080",
            "cos\nsystem\n",
            "R.",
            "Q",
            "\u0093",
            "IDAT",
            "VP8X",
            "\u00ff\u00d8",
            "\u00ff\u00c4");

    private Mutation() {}

    /**
     * A damaged copy of {@code whole}.
     *
     * @param reach the first bytes, in which the damage begins
     */
    static byte[] of(byte[] whole, int reach, RandomGenerator random) {
        byte[] damaged = whole.clone();
        for (int count = random.nextBoolean() ? 1 : random.nextInt(1, MOST + 1); count > 0; count--) {
            int at = random.nextInt(Math.max(1, Math.min(reach, damaged.length)));
            damaged = once(damaged, at, Math.min(damaged.length, at + 1 + random.nextInt(LONGEST)), random);
        }
        return damaged;
    }

    private static byte[] once(byte[] bytes, int from, int to, RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> replaced(bytes, from, from + 1, (byte) (bytes[from] ^ 1 << random.nextInt(8)));
            case 1 -> replaced(bytes, from, from + 1, (byte) random.nextInt(256));
            case 2 -> replaced(bytes, from, from + 1, (byte) ('0' + random.nextInt(10)));
            case 3 -> filled(bytes, from, to, random.nextBoolean() ? -1 : 0);
            case 4 -> Arrays.copyOf(bytes, Math.max(1, from));
            case 5 -> replaced(bytes, from, to);
            case 6 -> replaced(bytes, from, from, Arrays.copyOfRange(bytes, from, to));
            case 7 -> replaced(bytes, from, from, TRAPS.get(random.nextInt(TRAPS.size())));
            default -> {
                byte[] trap = TRAPS.get(random.nextInt(TRAPS.size()));
                yield replaced(bytes, from, Math.min(bytes.length, from + trap.length), trap);
            }
        };
    }

    private static byte[] filled(byte[] bytes, int from, int to, int value) {
        byte[] filling = new byte[to - from];
        Arrays.fill(filling, (byte) value);
        return replaced(bytes, from, to, filling);
    }

    /** {@code bytes} with {@code middle} in place of what is there; one byte is always left. */
    private static byte[] replaced(byte[] bytes, int from, int to, byte... middle) {
        int length = bytes.length - (to - from) + middle.length;
        if (length == 0) {
            return bytes;
        }
        byte[] result = new byte[length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(middle, 0, result, from, middle.length);
        System.arraycopy(bytes, to, result, from + middle.length, bytes.length - to);
        return result;
    }

    private static List<byte[]> traps(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }
}
