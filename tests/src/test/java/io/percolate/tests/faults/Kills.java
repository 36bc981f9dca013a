package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.tests.ChildJvm;
import io.percolate.tests.TestFolders;
import io.percolate.tests.TinyTraining;
import io.percolate.weights.safetensors.Checkpoint;
import io.percolate.weights.tensors.StateDict;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a training at random moments until its steps are taken, again and again, and compares what is left with an
 * undisturbed training.
 */
final class Kills {

    private static final int STEPS = 120;
    private static final int LONGEST_MILLISECONDS = 4000;

    private final KilledTraining kind;
    private final Path folder;
    private final Random random;
    private final Path undisturbed;

    /**
     * @param folder of a tiny training, with its data and its autoencoder
     * @param seed of the moments
     */
    Kills(KilledTraining kind, Path folder, long seed) {
        this.kind = kind;
        this.folder = folder;
        random = new Random(seed);
        undisturbed = folder.resolve("undisturbed-" + kind);
    }

    /** {@code percolate.tests.faults.Kills 100 FOLDER}: so many kills of each training. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        training.trainVae(20);
        for (KilledTraining kind : KilledTraining.values()) {
            int runs = new Kills(kind, folder, System.nanoTime()).survive(Integer.parseInt(arguments[0]));
            System.out.printf("%s: %s kills in %d runs, all as if undisturbed%n", kind, arguments[0], runs);
        }
    }

    /** Kills {@code count} times, and returns in how many runs. */
    int survive(int count) throws IOException, InterruptedException {
        kind.resume(new TinyTraining(folder), undisturbed, STEPS);
        assertThat(withoutTimes(undisturbed)).anyMatch(line -> line.contains(kind.validated()));
        int runs = 0;
        int kills = 0;
        while (kills < count) {
            Path run = folder.resolve("killed-" + kind + "-" + ++runs);
            while (kills < count && isKilled(run)) {
                kills++;
                requireLoadable(run);
            }
            kind.resume(new TinyTraining(folder), run, STEPS);
            requireSame(run);
        }
        return runs;
    }

    /** Whether the training was killed before it ended. */
    private boolean isKilled(Path run) throws IOException, InterruptedException {
        Process child = ChildJvm.PLAIN.start(
                folder,
                KilledTraining.class.getName(),
                kind.name(),
                folder.toString(),
                run.toString(),
                String.valueOf(STEPS));
        try (BufferedReader output = child.inputReader()) {
            String line = output.readLine();
            while (line != null && !line.equals(KilledTraining.BEGUN)) {
                line = output.readLine();
            }
            if (!child.waitFor(random.nextInt(LONGEST_MILLISECONDS), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly().waitFor();
                return true;
            }
            assertThat(child.exitValue())
                    .as(() -> String.join("\n", output.lines().toList()))
                    .isZero();
            return false;
        }
    }

    private void requireLoadable(Path run) {
        if (Files.exists(run.resolve(kind.lastFile()))) {
            kind.load(run);
        }
    }

    private void requireSame(Path run) throws IOException {
        assertThat(files(run)).isEqualTo(files(undisturbed));
        for (String file : files(undisturbed)) {
            if (file.endsWith(".safetensors") && !file.startsWith("checkpoint")) {
                assertThat(run.resolve(file)).hasSameBinaryContentAs(undisturbed.resolve(file));
            }
        }
        assertThat(withoutTimes(run)).isEqualTo(withoutTimes(undisturbed));
        requireSameState(run);
    }

    private void requireSameState(Path run) {
        try (NDManager manager = TorchEngine.newManager();
                Checkpoint ours = Checkpoint.open(run.resolve("checkpoint.safetensors"));
                Checkpoint theirs = Checkpoint.open(undisturbed.resolve("checkpoint.safetensors"))) {
            for (String group : List.of("weights", "optimizer", "averages")) {
                StateDict expected = theirs.group(group);
                assertThat(ours.group(group).names()).isNotEmpty().isEqualTo(expected.names());
                for (String name : expected.names()) {
                    assertThat(ours.group(group).read(manager, name).toFloatArray())
                            .as(name)
                            .isEqualTo(expected.read(manager, name).toFloatArray());
                }
            }
        }
    }

    /** What belongs in a run folder however often it was saved. */
    private static List<String> files(Path run) {
        return TestFolders.files(run).stream()
                .filter(file -> !file.equals("checkpoint-previous.safetensors"))
                .toList();
    }

    private static List<String> withoutTimes(Path run) throws IOException {
        return Files.readAllLines(run.resolve("log.jsonl")).stream()
                .map(line -> line.replaceAll("\"(seconds|images_per_second|data_wait)\":[^,}]*", ""))
                .toList();
    }
}
