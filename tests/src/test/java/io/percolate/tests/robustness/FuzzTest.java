package io.percolate.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files of every format are read or refused in one line, soon and in little memory; nothing else happens. */
class FuzzTest {

    private static final int MUTATIONS = 40;
    private static final int SEED = 1;

    @TempDir
    static Path folder;

    private static FuzzTargets targets;

    @BeforeAll
    static void writeFiles() {
        targets = new FuzzTargets(folder);
    }

    @TestFactory
    Stream<DynamicTest> damagedFilesAreReadOrRefused() {
        return targets.all().stream()
                .map(target -> DynamicTest.dynamicTest(target.format(), () -> {
                    FuzzOutcome outcome = target.run(SEED, 0, MUTATIONS);
                    assertThat(outcome.faults()).isEmpty();
                    assertThat(outcome.refusals()).isPositive();
                    assertThat(FuzzRun.executed(targets)).isEmpty();
                }));
    }
}
