package io.percolate.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NativeHeapTest {

    private static final int PAGE = 4096;
    private static final int BYTES = 40 << 20;

    @Test
    void arraysReuseTheMemoryOfThoseBefore() throws IOException {
        NativeHeap.keepFreed();
        try (NDManager manager = TorchEngine.newManager()) {
            for (int i = 0; i < 3; i++) {
                makeAndFree(manager);
            }
            long before = pageFaults();
            makeAndFree(manager);
            assertThat(pageFaults() - before).isLessThan(BYTES / PAGE);
        }
    }

    private static void makeAndFree(NDManager manager) {
        Stream<NDArray> arrays = Stream.generate(() -> manager.ones(new Shape(BYTES / Float.BYTES)));
        arrays.limit(3).toList().forEach(NDArray::close);
    }

    /** The tenth field of {@code /proc/self/stat}; the second one, in brackets, may contain spaces. */
    private static long pageFaults() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')')).split(" ")[8]);
    }
}
