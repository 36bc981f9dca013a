package io.percolate.nn.engine;

import ai.djl.util.cuda.CudaUtils;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Keeps DJL from looking for GPUs where no NVIDIA driver is installed: with a CUDA toolkit alone, each of its looks ends
 * in a warning. DJL can be told an answer only as the one that it gets from a process of its own.
 */
final class GpuSearch {

    private static final String ANSWERED = "ai.djl.util.cuda.fork";
    private static final String[] NONE = {"0", "-1"};

    private GpuSearch() {}

    /** Answers DJL's question, if the answer is none and nobody has said how to ask. */
    static void skipWithoutDriver() {
        if (System.getProperty(ANSWERED) != null || hasDriver()) {
            return;
        }
        try {
            System.setProperty(ANSWERED, "true");
            Field answer = CudaUtils.class.getDeclaredField("gpuInfo");
            answer.setAccessible(true);
            answer.set(null, NONE);
        } catch (ReflectiveOperationException | RuntimeException another) {
            System.clearProperty(ANSWERED); // a DJL that keeps its answer elsewhere looks for itself
        }
    }

    private static boolean hasDriver() {
        String windows = System.getenv().getOrDefault("SystemRoot", "C:\\Windows");
        return Stream.of("/dev/nvidiactl", "/dev/dxg", "/dev/nvmap", windows + "\\System32\\nvcuda.dll")
                .anyMatch(driver -> Files.exists(Path.of(driver)));
    }
}
