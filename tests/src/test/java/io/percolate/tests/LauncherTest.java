package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@code percolate} script hands to the JVM: a built project with a {@code java} that prints it. */
class LauncherTest {

    private static final List<String> SET_BY_THE_LAUNCHER =
            List.of("JAVA_HOME", "OMP_WAIT_POLICY", "MALLOC_ARENA_MAX", "PERCOLATE_HEAP");

    @TempDir
    private Path home;

    @BeforeEach
    void buildProjectOfNothing() throws IOException {
        Path script = Project.file("percolate");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "the launcher is for systems with a shell");
        Files.copy(script, home.resolve("percolate"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String module : List.of("cli", "cluster", "studio")) {
            Files.createDirectories(home.resolve(module + "/src/main"));
            Files.createDirectories(home.resolve(module + "/target"));
        }
        for (String file : List.of(
                "pom.xml",
                "cli/pom.xml",
                "cli/target/percolate-cli.jar",
                "cli/target/percolate.built",
                "cli/target/percolate.jsa",
                "cluster/target/percolate.built",
                "studio/target/percolate.built",
                "studio/target/percolate.jsa")) {
            Files.createFile(home.resolve(file));
        }
        Path java = Files.createDirectories(home.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nenv\nfor argument; do echo \"[$argument]\"; done\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"generate", "evaluate", "inspect", "--help"})
    void threadsOfShortWorkSleepWhileTheyWait(String command) throws IOException, InterruptedException {
        assertThat(percolate(Map.of(), command)).contains("OMP_WAIT_POLICY=PASSIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "compare", "bench"})
    void threadsOfTrainingsSpin(String command) throws IOException, InterruptedException {
        assertThat(percolate(Map.of(), command)).noneMatch(line -> line.startsWith("OMP_WAIT_POLICY="));
    }

    @Test
    void theUsersOwnChoicesStand() throws IOException, InterruptedException {
        Map<String, String> own = Map.of("OMP_WAIT_POLICY", "ACTIVE", "MALLOC_ARENA_MAX", "4", "PERCOLATE_HEAP", "3g");
        assertThat(percolate(own, "generate"))
                .contains("OMP_WAIT_POLICY=ACTIVE", "MALLOC_ARENA_MAX=4", "[-Xmx3g]")
                .doesNotContain("[-Xmx512m]");
    }

    @Test
    void argumentsArriveAsTheyWereWritten() throws IOException, InterruptedException {
        assertThat(percolate(Map.of(), "generate", "a \"red\" apple", "*"))
                .containsSubsequence("[io.percolate.cli.Percolate]", "[generate]", "[a \"red\" apple]", "[*]");
    }

    @Test
    void clusterCommandsAreAProgramOfTheirOwnWithSpark() throws IOException, InterruptedException {
        assertThat(percolate(Map.of(), "cluster", "encode", "--master", "local[1]"))
                .contains("[@" + home.toRealPath().resolve("cluster/java-options") + "]")
                .contains("SPARK_HOME=" + home.toRealPath().resolve("cluster/target"))
                .containsSubsequence("[io.percolate.cluster.PercolateCluster]", "[encode]", "[--master]", "[local[1]]");
        assertThat(percolate(Map.of(), "generate")).noneMatch(line -> line.matches("\\[.*cluster.*"));
    }

    @Test
    void theServerIsAProgramOfItsOwn() throws IOException, InterruptedException {
        assertThat(percolate(Map.of(), "serve", "--port", "8080"))
                .contains("OMP_WAIT_POLICY=PASSIVE", "[-Xmx1g]")
                .containsSubsequence("[io.percolate.studio.PercolateServe]", "[--port]", "[8080]");
    }

    private List<String> percolate(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of(home.resolve("percolate").toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeAll(SET_BY_THE_LAUNCHER);
        builder.environment().put("JAVA_HOME", home.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        List<String> printed =
                new String(process.getInputStream().readAllBytes()).lines().toList();
        assertThat(process.waitFor()).as(String.join("\n", printed)).isZero();
        return printed;
    }
}
