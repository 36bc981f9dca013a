package io.percolate.cluster.session;

import io.percolate.files.MemorySize;
import io.percolate.nn.engine.PeakMemory;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What a task needs in an executor beside Java's heap: libraries, weights and native arrays. Whoever limits the memory of
 * whole processes, such as YARN and Kubernetes, ends an executor that takes more than heap and overhead.
 *
 * @param bytes beside the heap; 0 if it is unknown
 */
public record MemoryNeed(long bytes) {

    /** For jobs that say nothing of it. */
    public static final MemoryNeed UNKNOWN = new MemoryNeed(0);

    /** Spark's own classes, threads and buffers in an executor. */
    private static final long SPARK_BYTES = 256L << 20;

    /** For what is larger elsewhere: other images, other threads. */
    private static final double MARGIN = 1.25;

    /** Of the least heap that Spark and the decoding of images do with. */
    private static final long LEAST_HEAP = 512L << 20;

    private static final double USUAL_OVERHEAD = 0.1;
    private static final long LEAST_OVERHEAD = 384L << 20;

    /** Runs what a task does, and measures it, where the system tells: on Linux. */
    public static MemoryNeed measure(Runnable task) {
        OptionalDouble peak = PeakMemory.during(task);
        if (peak.isEmpty()) {
            return UNKNOWN;
        }
        Runtime java = Runtime.getRuntime();
        double beside = peak.getAsDouble() * 1e6 - (java.totalMemory() - java.freeMemory());
        return of(Math.max(0, beside) / 1e6);
    }

    /** Of what takes so many megabytes (10^6 bytes) in a process without Spark. */
    public static MemoryNeed of(double megabytes) {
        return new MemoryNeed(Math.round(MARGIN * 1e6 * megabytes) + SPARK_BYTES);
    }

    /**
     * Heap and overhead for an executor of {@code memory} bytes in all.
     *
     * @throws IllegalArgumentException if that is too little; the message says what is needed
     */
    Map<String, String> settings(long memory) {
        if (memory < LEAST_HEAP + bytes) {
            throw tooLittle("--executor-memory " + new MemorySize(memory), "--executor-memory ", LEAST_HEAP + bytes);
        }
        long beside = Math.max(bytes, LEAST_OVERHEAD);
        return heapAndOverhead(Math.max(LEAST_HEAP, memory - beside), beside);
    }

    /** The same for whoever leaves it to us: the usual heap of 1 GiB, and what is needed. */
    Map<String, String> settings() {
        return heapAndOverhead(1L << 30, Math.max(bytes, LEAST_OVERHEAD));
    }

    private static Map<String, String> heapAndOverhead(long heap, long overhead) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("spark.executor.memory", (heap >> 20) + "m");
        settings.put("spark.executor.memoryOverhead", megabytes(overhead) + "m");
        return settings;
    }

    /**
     * Checks what the user sets by Spark's own names.
     *
     * @throws IllegalArgumentException if the overhead is too little; the message says what is needed
     */
    void check(Map<String, String> settings) {
        long heap = bytes(settings.getOrDefault("spark.executor.memory", "1g"));
        String given = settings.get("spark.executor.memoryOverhead");
        long overhead = given == null ? Math.max(LEAST_OVERHEAD, (long) (USUAL_OVERHEAD * heap)) : bytes(given);
        if (overhead < bytes) {
            throw tooLittle(
                    "spark.executor.memoryOverhead of " + megabytes(overhead) + "m",
                    "spark.executor.memoryOverhead=",
                    bytes);
        }
    }

    private static long bytes(String text) {
        return text.matches("\\d+")
                ? Long.parseLong(text) << 20
                : MemorySize.parse(text).bytes();
    }

    private IllegalArgumentException tooLittle(String given, String option, long needed) {
        return new IllegalArgumentException(given + " is too little: a task needs " + megabytes(bytes)
                + "m beside a heap of at least " + megabytes(LEAST_HEAP) + "m, give " + option + megabytes(needed)
                + "m");
    }

    /** In units of 1024^2 bytes, rounded up. */
    static long megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
