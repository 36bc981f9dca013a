package io.percolate.nn.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What the processor that runs this program can do, as far as the system tells. */
public final class Processor {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private static final Set<String> FLAGS = flags();

    private Processor() {}

    /** Whether the engine's build for this processor has oneDNN's kernels: on x86, and not on ARM. */
    public static boolean hasOneDnn() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    /** Whether it multiplies bfloat16 numbers itself. */
    public static boolean hasBfloat16() {
        return FLAGS.contains("avx512_bf16") || hasBfloat16Tiles();
    }

    /** Whether oneDNN can pack weights of {@code precision}: those of bfloat16 need AVX-512 or AVX-NE-CONVERT. */
    public static boolean packs(Precision precision) {
        return switch (precision) {
            case FP32 -> hasOneDnn();
            case BF16 ->
                hasOneDnn()
                        && (FLAGS.contains("avx_ne_convert")
                                || FLAGS.containsAll(Set.of("avx512bw", "avx512vl", "avx512dq")));
            case FP16 -> false;
        };
    }

    /** Whether it multiplies tiles of bfloat16 numbers, several times as fast as vectors of them. */
    public static boolean hasBfloat16Tiles() {
        return FLAGS.contains("amx_bf16");
    }

    /** The first processor's feature flags; none where the system is not Linux. */
    private static Set<String> flags() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line ->
                            Set.of(line.substring(line.indexOf(':') + 1).trim().split("\\s+")))
                    .orElse(Set.of());
        } catch (IOException notLinux) {
            return Set.of();
        }
    }
}
