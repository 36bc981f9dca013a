package io.percolate.conditioning.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The 256 bytes as visible characters, as GPT-2 and CLIP write them in their vocabularies: printable Latin-1
 * characters stand for themselves, every other byte for a character from U+0100 on.
 */
final class ByteSymbols {

    private static final String[] BY_BYTE = new String[256];

    /** All symbols in the order of published vocabularies: those that stand for themselves come first. */
    static final List<String> ALL;

    static {
        int[] order = IntStream.concat(
                        IntStream.range(0, 256).filter(ByteSymbols::isVisible),
                        IntStream.range(0, 256).filter(b -> !isVisible(b)))
                .toArray();
        int replacement = 256;
        for (int b : order) {
            BY_BYTE[b] = Character.toString(isVisible(b) ? b : replacement++);
        }
        ALL = Arrays.stream(order).mapToObj(b -> BY_BYTE[b]).toList();
    }

    private ByteSymbols() {}

    /** The symbols of a text's UTF-8 bytes. */
    static List<String> of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length)
                .mapToObj(i -> BY_BYTE[Byte.toUnsignedInt(bytes[i])])
                .toList();
    }

    private static boolean isVisible(int b) {
        return b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
    }
}
