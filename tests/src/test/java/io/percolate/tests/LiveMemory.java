package io.percolate.tests;

import io.percolate.nn.engine.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What a process holds at a moment; 0 for what the system does not tell.
 *
 * @param arrays native arrays that some manager of DJL still knows
 * @param residentMegabytes resident memory
 * @param threads threads, native ones included, but for those that wait a minute for another file to read
 * @param descriptors open files
 */
public record LiveMemory(long arrays, long residentMegabytes, long threads, long descriptors) {

    private static final Path PROCESS = Path.of("/proc/self");
    private static final String FILE_READER = "percolate-files";

    /** What this process holds now. */
    public static LiveMemory now() {
        try {
            return new LiveMemory(TorchEngine.liveArrays(), status("VmRSS") / 1024, threadCount(), descriptorCount());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The least of each. */
    LiveMemory least(LiveMemory other) {
        return new LiveMemory(
                Math.min(arrays, other.arrays),
                Math.min(residentMegabytes, other.residentMegabytes),
                Math.min(threads, other.threads),
                Math.min(descriptors, other.descriptors));
    }

    private static long status(String key) throws IOException {
        Path status = PROCESS.resolve("status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static long threadCount() throws IOException {
        Path tasks = PROCESS.resolve("task");
        if (!Files.exists(tasks)) {
            return 0;
        }
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.filter(thread -> !name(thread).equals(FILE_READER)).count();
        }
    }

    /** What the system calls a thread, in at most 15 characters. */
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException ended) {
            return FILE_READER;
        }
    }

    private static long descriptorCount() throws IOException {
        Path open = PROCESS.resolve("fd");
        if (!Files.exists(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        }
    }
}
