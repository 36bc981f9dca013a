package io.percolate.nn.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class QuietStartTest {

    /** A JVM of its own, with the logger at the level that libraries find by default. */
    @Test
    void startingTheEngineLogsNothingWithoutAGpu() throws IOException {
        assumeThat(Files.exists(Path.of("/dev/nvidiactl"))).isFalse();
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        Start.class.getName())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip())
                .isEqualTo("GPUs: 0");
    }

    /** What a program does that uses the engine. */
    static final class Start {

        public static void main(String[] arguments) {
            TorchEngine.newManager().close();
            System.out.println("GPUs: " + CudaUtils.getGpuCount());
        }
    }
}
