package io.percolate.cluster.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.cluster.PercolateCluster;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.LocalCluster;
import io.percolate.pipeline.training.parallel.ParallelMode;
import io.percolate.pipeline.training.parallel.ParallelPlan;
import io.percolate.pipeline.training.parallel.TinyShared;
import io.percolate.pipeline.training.parallel.WireType;
import io.percolate.pipeline.training.parallel.WorkerSetup;
import io.percolate.pipeline.training.parallel.Workers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings in two executors, processes of their own, one of which may be killed. */
class ClusterTrainTest {

    private static final int ROUNDS = 20;
    private static final int INNER = 2;
    private static final int STEPS = 8;
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
    void theCommandTrainsSynchronouslyAsOneMachineDoes() throws Exception {
        TinyShared training = new TinyShared(folder, "{\"training\": {\"micro_batch\": 2}, \"outer\": null}");
        training.alone("alone", STEPS);
        Path recipe = Files.copy(training.run("alone").resolve("recipe.json"), folder.resolve("recipe.json"));
        int exit = PercolateCluster.run(
                "train",
                "--master",
                "local-cluster[2,1,512]",
                "--pixel-space",
                "--mode",
                "synchronous",
                "--config",
                recipe.toString(),
                "--data",
                training.data().toString(),
                "--out",
                training.run("cluster").toString(),
                "--steps",
                Integer.toString(STEPS));
        assertThat(exit).isZero();
        assertSame(training, "cluster", "alone", "weights");
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
