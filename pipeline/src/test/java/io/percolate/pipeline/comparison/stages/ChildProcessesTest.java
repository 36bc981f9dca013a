package io.percolate.pipeline.comparison.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.files.CancelledException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessesTest {

    @TempDir
    private Path folder;

    private final ChildProcesses processes = ChildProcesses.of(StageProgram.class, List.of("compare"));

    @Test
    void aStageThatFailsSaysItsReasonHere() {
        assertThatCode(() -> complete("good")).doesNotThrowAnyException();
        assertThatThrownBy(() -> complete("wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such arm");
        assertThatThrownBy(() -> complete("failing"))
                .isInstanceOf(StageException.class)
                .hasMessage("nothing is left");
    }

    @Test
    void aStageThatIsKilledIsNamed() {
        assertThatThrownBy(() -> complete("killed"))
                .isInstanceOf(StageException.class)
                .hasMessage("the process of the stage 'killed' was killed: the same command goes on");
    }

    @Test
    void anInterruptEndsTheStage() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> complete("endless"))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("interrupted at the stage 'endless'");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aStageEndsWithTheProcessThatWaitsForIt() throws IOException, InterruptedException {
        Process child = processes.start("endless");
        assertThat(child.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
        child.getOutputStream().close();
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void whoComesAfterAKilledComparisonWaitsForItsStage() {
        StageLock.await(folder.resolve("none"));
        assertThat(folder.resolve("none")).doesNotExist();
        StageLock.holding(folder, () -> assertThatThrownBy(() -> StageLock.holding(folder, () -> {}))
                .hasMessageContaining("another comparison is at work in " + folder));
        StageLock.await(folder);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aSingleStageIsTheNextOne() throws IOException {
        Path done = folder.resolve("done");
        SingleStage.run("one", host -> host.complete("one", () -> write(done)));
        assertThat(Files.readString(done)).isEqualTo("done");
        assertThatThrownBy(() -> SingleStage.run("two", host -> host.complete("one", () -> {})))
                .hasMessageContaining("the next stage is 'one', not 'two'");
    }

    private void complete(String stage) {
        processes.complete(stage, () -> {
            throw new AssertionError("done here");
        });
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "done");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
