package io.percolate.pipeline.comparison.stages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.training.session.TrainingClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesTest {

    private static final Map<String, String> SETTINGS = Map.of("budget", "8 steps");

    @TempDir
    private Path folder;

    @Test
    void aFolderWhoseFirstStageWasKilledIsStillAComparisons() throws IOException {
        stages().begin();
        Files.createDirectory(folder.resolve("vae"));
        assertThat(stages().noneIsFinished()).isTrue();
    }

    @Test
    void aFinishedStageIsNotDoneAgain() {
        stages().once("count", Integer.class, () -> 7);
        assertThat(stages().once("count", Integer.class, () -> 8).result()).isEqualTo(7);
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("vae"));
        assertThatThrownBy(() -> stages())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("something else than a comparison");
    }

    private Stages stages() {
        return Stages.open(folder, SETTINGS, TrainingClock.WALL, StageHost.HERE);
    }
}
