package io.percolate.tests.faults;

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
    static void prepare() throws IOException {
        Kills.prepare(folder);
    }

    @ParameterizedTest
    @EnumSource
    void aKilledTrainingEndsAsIfNothingHadHappened(KilledTraining kind) throws IOException, InterruptedException {
        try (Kills kills = new Kills(kind, folder, 1)) {
            kills.survive(KILLS_EACH);
        }
    }
}
