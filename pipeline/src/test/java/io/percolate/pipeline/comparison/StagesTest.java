package io.percolate.pipeline.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        Stages.open(folder, SETTINGS).begin();
        Files.createDirectory(folder.resolve("vae"));
        assertThat(Stages.open(folder, SETTINGS).noneIsFinished()).isTrue();
    }

    @Test
    void aFinishedStageIsNotDoneAgain() {
        Stages.open(folder, SETTINGS).once("count", Integer.class, () -> 7);
        assertThat(Stages.open(folder, SETTINGS)
                        .once("count", Integer.class, () -> 8)
                        .result())
                .isEqualTo(7);
    }

    @Test
    void aFolderOfSomethingElseIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("vae"));
        assertThatThrownBy(() -> Stages.open(folder, SETTINGS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("something else than a comparison");
    }
}
