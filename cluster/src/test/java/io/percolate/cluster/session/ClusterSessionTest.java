package io.percolate.cluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

/** Jobs in two executors, processes of their own. */
class ClusterSessionTest {

    private static final Held<String, NDManager> MANAGER =
            new Held<>(key -> TorchEngine.newManager(), NDManager::close);

    /** What a task tells of the process that it ran in. */
    private record Process(long pid, int manager, String threads) implements java.io.Serializable {

        private static final long serialVersionUID = 1;
    }

    @Test
    void everyExecutorComputesInAProcessOfItsOwnWithOneEngine() {
        try (ClusterSession session = session("local-cluster[2,1,512]")) {
            List<Process> processes = session.tasks(List.of(1, 2, 3, 4, 5, 6))
                    .map(ClusterSessionTest::process)
                    .collect();
            Set<Long> pids = new HashSet<>();
            Set<Integer> managers = new HashSet<>();
            processes.forEach(process -> {
                pids.add(process.pid);
                managers.add(process.manager);
            });
            assertThat(pids)
                    .hasSizeBetween(1, 2)
                    .doesNotContain(ProcessHandle.current().pid());
            assertThat(managers).hasSizeLessThanOrEqualTo(pids.size());
            assertThat(processes).allMatch(process -> process.threads.equals("1"));
        }
    }

    @Test
    void aLocalMasterRunsOneTaskAtATime() {
        try (ClusterSession session = session("local[2]")) {
            assertThat(session.context().getConf().get("spark.task.cpus")).isEqualTo("2");
            assertThat(session.context().getConf().get("spark.speculation")).isEqualTo("false");
        }
    }

    @Test
    void aMasterThatIsNoneIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> Master.of("localhost")).hasMessageContaining("spark://HOST:PORT");
    }

    @Test
    void whatIsHeldIsOpenedOnceAndClosedForAnother() {
        List<String> closed = new ArrayList<>();
        Held<String, List<String>> held = new Held<>(List::of, value -> closed.addAll(value));
        List<String> first = held.get("a");
        assertThat(held.get("a")).isSameAs(first);
        held.get("b");
        assertThat(closed).containsExactly("a");
    }

    /** All but the vector instructions of its machine learning, of which the JVM warns at every start. */
    @Test
    void theJvmHasTheOptionsThatSparkWants() throws IOException {
        List<String> wanted =
                new ArrayList<>(List.of(JavaModuleOptions.defaultModuleOptions().split("\\s+")));
        wanted.remove("--add-modules=jdk.incubator.vector");
        assertThat(Files.readString(Path.of("java-options")).split("\\s+")).containsExactlyElementsOf(wanted);
    }

    private static ClusterSession session(String master) {
        return ClusterSession.open(
                "test", Master.of(master), Map.copyOf(Master.of(master).settings(1)));
    }

    private static Process process(int item) {
        NDManager manager = MANAGER.get("engine");
        return new Process(
                ProcessHandle.current().pid(), System.identityHashCode(manager), System.getenv("OMP_NUM_THREADS"));
    }
}
