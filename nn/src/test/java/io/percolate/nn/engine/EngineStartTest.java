package io.percolate.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.util.cuda.CudaUtils;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program sees when it starts the engine, in a JVM of its own. */
class EngineStartTest {

    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @TempDir
    private Path cache;

    @Test
    void nothingIsLoggedWithoutAGpu() throws IOException {
        assumeThat(Files.exists(Path.of("/dev/nvidiactl"))).isFalse();
        assertThat(output(jar -> true)).isEqualTo("GPUs: 0");
    }

    @Test
    void whoForgotTheNativeLibrariesIsToldWhichToAdd() throws IOException {
        assertThat(output(jar -> !jar.contains("pytorch-native")))
                .contains("IllegalStateException: no native libraries of PyTorch: ")
                .containsPattern(
                        "add ai\\.djl\\.pytorch:pytorch-native-cpu:[0-9.]+:[a-z]+-[a-z0-9_]+ to|none are published");
    }

    private String output(Predicate<String> jars) throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
                                .filter(jars)
                                .collect(Collectors.joining(File.pathSeparator)),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-DENGINE_CACHE_DIR=" + cache,
                        Start.class.getName())
                .redirectErrorStream(true)
                .start();
        return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    /** What a program does that uses the engine. */
    static final class Start {

        public static void main(String[] arguments) {
            TorchEngine.newManager().close();
            System.out.println("GPUs: " + CudaUtils.getGpuCount());
        }
    }
}
