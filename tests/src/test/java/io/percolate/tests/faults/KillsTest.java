package io.percolate.tests.faults;

import io.percolate.tests.TinyTraining;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ten of the kills that {@link Kills} does by the hundred. */
class KillsTest {

    private static final int KILLS_EACH = 5;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void prepare() {
        TinyTraining training = new TinyTraining(folder);
        training.draw();
        training.trainVae(20);
    }

    @ParameterizedTest
    @EnumSource
    void aKilledTrainingEndsAsIfNothingHadHappened(KilledTraining kind) throws IOException, InterruptedException {
        new Kills(kind, folder, 1).survive(KILLS_EACH);
    }
}
