package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.percolate.cli.Percolate;
import io.percolate.tests.ChildJvm;
import io.percolate.tests.TinyTraining;
import io.percolate.weights.safetensors.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ctrl-C, and what systems send when they shut down: the command saves, and ends as a program that was stopped. */
@EnabledOnOs(OS.LINUX)
class StoppedTrainingTest {

    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    private Path folder;

    /** Exit codes are 128 and the number of the signal, as shells expect. */
    @ParameterizedTest
    @CsvSource({"INT, 2", "TERM, 15"})
    void aStoppedCommandSavesAndGoesOn(String signal, int number) throws IOException, InterruptedException {
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        Path out = folder.resolve("run");
        String[] command = {
            "train",
            "vae",
            "--data",
            training.data().toString(),
            "--config",
            training.vaeRecipe().toString(),
            "--out",
            out.toString(),
            "--minutes",
            "10"
        };
        Process child = ChildJvm.PLAIN.start(folder, Percolate.class.getName(), command);
        awaitSteps(child, out);
        assumeFalse(ignores(child, number), "who started this program has it ignore SIG" + signal);
        new ProcessBuilder("kill", "-" + signal, String.valueOf(child.pid()))
                .start()
                .waitFor();
        assertThat(child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        String output = new String(child.getInputStream().readAllBytes());
        assertThat(child.exitValue()).as(output).isEqualTo(128 + number);
        int saved = savedStep(out);
        assertThat(saved).isPositive();
        assertThat(out.resolve("diffusion_pytorch_model.safetensors")).exists();
        command[command.length - 2] = "--steps";
        command[command.length - 1] = String.valueOf(saved + 3);
        assertThat(Percolate.run(resumed(command))).isZero();
        assertThat(savedStep(out)).isEqualTo(saved + 3);
    }

    private static void awaitSteps(Process child, Path out) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Path log = out.resolve("log.jsonl");
        while (!Files.exists(log) || Files.size(log) == 0) {
            assertThat(child.isAlive()).isTrue();
            assertThat(System.nanoTime()).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static boolean ignores(Process child, int signal) throws IOException {
        String mask = Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow()
                .replaceFirst("SigIgn:\\s*", "");
        return (Long.parseUnsignedLong(mask, 16) >> (signal - 1) & 1) == 1;
    }

    private static int savedStep(Path out) {
        try (Checkpoint checkpoint = Checkpoint.open(out.resolve("checkpoint.safetensors"))) {
            return checkpoint.progress().integer("step");
        }
    }

    private static String[] resumed(String[] command) {
        String[] all = Arrays.copyOf(command, command.length + 1);
        all[command.length] = "--resume";
        return all;
    }
}
