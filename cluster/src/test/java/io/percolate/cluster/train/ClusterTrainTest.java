package io.percolate.cluster.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cluster.ClusterRun;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.LocalCluster;
import io.percolate.pipeline.training.parallel.ParallelMode;
import io.percolate.pipeline.training.parallel.ParallelPlan;
import io.percolate.pipeline.training.parallel.TinyShared;
import io.percolate.pipeline.training.parallel.WireType;
import io.percolate.pipeline.training.parallel.WorkerSetup;
import io.percolate.pipeline.training.parallel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in two executors, processes of their own, one of which may be killed. */
class ClusterTrainTest {

    private static final int ROUNDS = 10;
    private static final int INNER = 2;
    private static final int STEPS = 4;
    private static final int KILLED_IN = 7;

    @TempDir
    private Path folder;

    @Test
    void anExecutorKilledInRoundSevenLeavesNoTrace() {
        TinyShared training = new TinyShared(folder, "{}");
        ParallelPlan plan = new ParallelPlan(ParallelMode.LOCAL, 2, WireType.BF16);
        training.here("here", plan, ROUNDS * INNER);
        try (ClusterSession session = LocalCluster.open()) {
            WorkerSetup setup = training.setup("cluster", plan);
            training.train(setup, ROUNDS * INNER, false, killing(session, new SparkWorkers(session, setup)));
        }
        assertSame(training, "cluster", "here", "weights");
        assertSame(training, "cluster", "here", "averages");
    }

    @Test
    void theCommandTrainsSynchronouslyAsOneMachineDoes() throws IOException {
        TinyShared training = new TinyShared(folder, "{\"training\": {\"micro_batch\": 2}, \"outer\": null}");
        training.alone("alone", STEPS);
        Path recipe = Files.copy(training.run("alone").resolve("recipe.json"), folder.resolve("recipe.json"));
        ClusterRun run = train(training, recipe, "--master", "local-cluster[2,1,512]", "--mode", "synchronous");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertSame(training, "cluster", "alone", "weights");
    }

    @Test
    void aDryRunTellsWhatARoundTakesAndLeavesNothing() throws IOException {
        TinyShared training = new TinyShared(folder, "{}");
        Path recipe = training.writeRecipe(folder.resolve("recipe.json"));
        String master = "spark://somewhere:7077";
        ClusterRun run = train(training, recipe, "--master", master, "--workers", "3", "--dry-run", "--json");
        JsonNode told = new ObjectMapper().readTree(run.out());
        assertThat(told.path("partitions").asInt()).isEqualTo(3);
        assertThat(told.path("steps_of_a_round").asInt()).isEqualTo(INNER);
        assertThat(told.path("images_of_a_step").asInt()).isEqualTo(12);
        assertThat(told.path("bytes_to_a_worker").asLong())
                .isPositive()
                .isEqualTo(2 * told.path("bytes_from_a_worker").asLong());
        assertThat(training.run("cluster")).doesNotExist();
        assertThat(train(training, recipe, "--master", master, "--executor-memory", "512M")
                        .err())
                .contains("--executor-memory 0.50G is too little: a task needs");
    }

    private static ClusterRun train(TinyShared training, Path recipe, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--pixel-space", "--config", recipe));
        arguments.addAll(List.of("--data", training.data(), "--out", training.run("cluster"), "--steps", STEPS));
        arguments.addAll(List.of(options));
        return ClusterRun.of(arguments.toArray());
    }

    private static Workers killing(ClusterSession session, Workers workers) {
        AtomicInteger rounds = new AtomicInteger();
        return (round, weights) -> {
            if (rounds.incrementAndGet() == KILLED_IN) {
                long executor = session.tasks(List.of(0))
                        .map(task -> ProcessHandle.current().pid())
                        .first();
                ProcessHandle.of(executor).orElseThrow().destroyForcibly();
            }
            return workers.run(round, weights);
        };
    }

    private static void assertSame(TinyShared training, String one, String other, String group) {
        Map<String, float[]> expected = training.saved(other, group);
        Map<String, float[]> actual = training.saved(one, group);
        assertThat(actual).isNotEmpty().containsOnlyKeys(expected.keySet());
        expected.forEach(
                (name, numbers) -> assertThat(actual.get(name)).as(name).isEqualTo(numbers));
    }
}
