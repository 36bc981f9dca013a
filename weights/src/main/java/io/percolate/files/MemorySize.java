package io.percolate.files;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory.
 *
 * @param bytes how many; positive
 */
public record MemorySize(long bytes) {

    private static final Pattern TEXT =
            Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)i?b?", Pattern.CASE_INSENSITIVE);
    private static final String UNITS = "KMGT";
    private static final double GIGABYTE = 1L << 30;

    public MemorySize {
        if (bytes <= 0) {
            throw new IllegalArgumentException(bytes + " bytes of memory: give more than 0");
        }
    }

    /** Reads {@code 4G}, {@code 1.5G} or {@code 800M}, where K is 1024 bytes. */
    public static MemorySize parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("memory " + text + ": give a number and a unit, such as 4G or 800M");
        }
        int power = UNITS.indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1;
        return new MemorySize(Math.round(Double.parseDouble(matcher.group(1))
                * Math.pow(1024, matcher.group(2).isEmpty() ? 0 : power)));
    }

    /** The same in units of 1024^3 bytes. */
    public double gigabytes() {
        return bytes / GIGABYTE;
    }

    /** As {@link #parse} reads it, rounded up to hundredths. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2fG", Math.ceil(100 * gigabytes()) / 100);
    }
}
