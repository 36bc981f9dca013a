package io.percolate.nn.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The most memory that this process ever had in use, the JVM's own included. */
public final class PeakMemory {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path FORGET = Path.of("/proc/self/clear_refs");
    private static final String FORGET_PEAK = "5";

    private static final String PEAK = "VmHWM:";
    private static final String RESIDENT = "VmRSS:";

    private PeakMemory() {}

    /** Resident megabytes (10^6 bytes), where the system tells: on Linux. */
    public static OptionalDouble megabytes() {
        return megabytesOf(PEAK);
    }

    /** Those in use now. */
    public static OptionalDouble residentMegabytes() {
        return megabytesOf(RESIDENT);
    }

    private static OptionalDouble megabytesOf(String field) {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(PeakMemory::megabytes)
                    .findFirst();
        } catch (IOException elsewhere) {
            return OptionalDouble.empty();
        }
    }

    /** The most in use while {@code body} runs, in megabytes as above, where the system can measure anew. */
    public static OptionalDouble during(Runnable body) {
        boolean anew = forget();
        body.run();
        return anew ? megabytes() : OptionalDouble.empty();
    }

    private static boolean forget() {
        try {
            Files.writeString(FORGET, FORGET_PEAK, StandardOpenOption.WRITE);
            return true;
        } catch (IOException elsewhere) {
            return false;
        }
    }

    /** {@code VmHWM:     123456 kB}, where kB are 1024 bytes. */
    private static double megabytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1e6;
    }
}
