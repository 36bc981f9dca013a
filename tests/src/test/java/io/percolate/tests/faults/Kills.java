package io.percolate.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.tests.ChildJvm;
import io.percolate.tests.TestFolders;
import io.percolate.tests.TinyTraining;
import io.percolate.weights.safetensors.SafeTensors;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills a training at random moments until its steps are taken, again and again, and compares what is left with an
 * undisturbed training.
 */
final class Kills implements AutoCloseable {

    /** Kills between two lines of the command. */
    private static final int AT_ONCE = 10;

    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final int STEPS = 20;

    /** A training is killed at most so many steps after it began. */
    private static final int MOST_STEPS = 8;

    /** As long as one save or two, and doubled up to three times: as long as a start. */
    private static final int MILLISECONDS = 200;

    private static final ChildJvm FAST =
            new ChildJvm(List.of("-XX:TieredStopAtLevel=1", "-Xms32m", "-XX:-AlwaysPreTouch"), Map.of());

    private final KilledTraining kind;
    private final Path folder;
    private final Random random;
    private final Path undisturbed;
    private Process next;

    /**
     * @param folder that {@link #prepare} has filled
     * @param seed of the moments
     */
    Kills(KilledTraining kind, Path folder, long seed) throws IOException {
        this.kind = kind;
        this.folder = folder;
        random = new Random(seed);
        undisturbed = folder.resolve("undisturbed-" + kind);
        next = start();
    }

    /** {@code percolate.tests.faults.Kills 100 FOLDER}: so many kills of each training. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        prepare(folder);
        for (int count = AT_ONCE; count <= Integer.parseInt(arguments[0]); count += AT_ONCE) {
            for (KilledTraining kind : KilledTraining.values()) {
                try (Kills kills = new Kills(kind, folder, System.nanoTime())) {
                    int runs = kills.survive(AT_ONCE);
                    System.out.printf("%s: kills up to %d, in %d runs, all as if undisturbed%n", kind, count, runs);
                }
            }
        }
    }

    /** Makes the data of trainings, and an autoencoder. */
    static void prepare(Path folder) throws IOException {
        TinyTraining training = new TinyTraining(folder);
        MixedImages.write(Files.createDirectories(training.data()), 16);
        training.trainVae(5);
    }

    /** Kills {@code count} times, and returns in how many runs. */
    int survive(int count) throws IOException, InterruptedException {
        finish(undisturbed);
        assertThat(withoutTimes(undisturbed)).anyMatch(line -> line.contains(kind.validated()));
        int runs = 0;
        int kills = 0;
        while (kills < count) {
            Path run = folder.resolve("killed-" + kind + "-" + Long.toHexString(random.nextLong()));
            while (kills < count && isKilled(run)) {
                kills++;
                requireLoadable(run);
            }
            finish(run);
            requireSame(run);
            runs++;
        }
        return runs;
    }

    private void finish(Path run) {
        kind.resume(folder, run, STEPS, TrainingListener.NONE);
    }

    /** Whether the training was killed before it ended. */
    private boolean isKilled(Path run) throws IOException, InterruptedException {
        Process child = next;
        next = start();
        List<String> said = new ArrayList<>();
        try (BufferedWriter input = child.outputWriter();
                BufferedReader output = child.inputReader()) {
            input.write(run + "\n");
            input.flush();
            output.lines()
                    .peek(said::add)
                    .filter(line -> line.startsWith("step"))
                    .limit(random.nextInt(MOST_STEPS))
                    .forEach(step -> {});
            if (!child.waitFor(random.nextInt(MILLISECONDS << random.nextInt(4)), TimeUnit.MILLISECONDS)) {
                child.destroyForcibly().waitFor();
                return true;
            }
            assertThat(child.exitValue()).as(String.join("\n", said)).isZero();
            return false;
        }
    }

    /** Starts a JVM that waits for the name of a run folder: it is ready while the one before it trains. */
    private Process start() throws IOException {
        return FAST.start(
                folder, KilledTraining.class.getName(), kind.name(), folder.toString(), String.valueOf(STEPS));
    }

    @Override
    public void close() {
        next.destroyForcibly();
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
                SafeTensors ours = SafeTensors.open(run.resolve(CHECKPOINT));
                SafeTensors theirs = SafeTensors.open(undisturbed.resolve(CHECKPOINT))) {
            assertThat(ours.names()).isEqualTo(theirs.names());
            for (String group : kind.groups()) {
                assertThat(ours.names()).anyMatch(name -> name.startsWith(group + "/"));
            }
            for (String name : theirs.names()) {
                assertThat(ours.read(manager, name).toFloatArray())
                        .as(name)
                        .isEqualTo(theirs.read(manager, name).toFloatArray());
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
