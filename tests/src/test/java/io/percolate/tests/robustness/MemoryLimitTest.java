package io.percolate.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import io.percolate.cli.Percolate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.io.TempDir;

/** With too little memory, the command ends with one line that says so, and the way out. */
@EnabledOnOs(LINUX)
class MemoryLimitTest {

    private static final String SMALL = "64x64";
    private static final String UNLIMITED = "unlimited";

    /** In kilobytes: enough for the JVM and the engine's libraries, and for little beside them. */
    private static final String TIGHT = "2000000";

    /** In kilobytes: enough for the JVM alone. */
    private static final String TOO_TIGHT = "1600000";

    @TempDir
    private Path folder;

    @Test
    void aSmallJavaHeapIsEnoughForAnImage() throws IOException, InterruptedException {
        assertThat(generate(UNLIMITED, SMALL)).contains("apple.png").endsWith("exit code 0");
    }

    @Test
    void anImageTooLargeForTheAddressSpaceIsRefusedWithTheWayOut() throws IOException, InterruptedException {
        assertThat(generate(TIGHT, "1024x1024"))
                .contains("percolate: the engine ran out of memory", "ask for smaller images")
                .endsWith("exit code 1");
    }

    @Test
    void librariesTooLargeForTheAddressSpaceAreReportedAsMemory() throws IOException, InterruptedException {
        assertThat(generate(TOO_TIGHT, SMALL))
                .contains("percolate: not enough memory to load PyTorch's libraries", "ulimit -v")
                .endsWith("exit code 1");
    }

    /** What a generation prints whose process may map so many kilobytes. */
    private String generate(String addressSpace, String size) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = List.of(
                "bash",
                "-c",
                "ulimit -v " + addressSpace + "; \"$@\"; echo -n \"exit code $?\"",
                "bash",
                java,
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-cp",
                classPath,
                Percolate.class.getName(),
                "generate",
                "a red apple",
                "--steps",
                "1",
                "--size",
                size,
                "--out",
                folder.resolve("apple.png").toString());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return output;
    }
}
