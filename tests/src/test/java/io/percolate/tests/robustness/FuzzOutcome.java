package io.percolate.tests.robustness;

import java.util.ArrayList;
import java.util.List;

/** What became of the damaged files of one format. */
final class FuzzOutcome {

    private static final long MEGABYTE = 1 << 20;
    private static final int SHOWN = 20;

    private final String format;
    private final List<String> faults = new ArrayList<>();
    private int read;
    private int refused;
    private long longestMillis;
    private long mostBytes;

    FuzzOutcome(String format) {
        this.format = format;
    }

    /** A file that could be read for all its damage. */
    void read() {
        read++;
    }

    /** A file that a documented exception refused. */
    void refused() {
        refused++;
    }

    /** A file whose reading ended in something else. */
    void fault(int mutation, String what) {
        faults.add(format + ", mutation " + mutation + ": " + what);
    }

    /** What one answer took: time of the processor, and bytes of the Java heap, those that were soon free again included. */
    void took(long millis, long bytes) {
        longestMillis = Math.max(longestMillis, millis);
        mostBytes = Math.max(mostBytes, bytes);
    }

    List<String> faults() {
        return faults;
    }

    /** How many files a documented exception refused. */
    int refusals() {
        return refused;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("| %s | %d | %d | %d | %d ms | %d MB |"
                .formatted(format, read, refused, faults.size(), longestMillis, mostBytes / MEGABYTE));
        faults.stream().limit(SHOWN).forEach(fault -> text.append('\n').append(fault));
        return text.toString();
    }
}
