package io.percolate.tests.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.assertj.core.data.Percentage.withPercentage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScalePageTest {

    private static final Workers EQUAL = new Workers(2, 0, 0, 1e-9, 1, 1e9, 60);
    private static final Network FREE = new Network(0, 1, 0, 0);

    @Test
    void thePageHasTheNumbersOfTheSimulation() throws IOException {
        assertThat(Files.readString(Path.of("../docs/scale.md"))).contains(ScaleTables.rounds());
    }

    @Test
    void equalWorkersThatNeverFailOnlyCompute() {
        RoundSimulation.Outcome outcome = new RoundSimulation(EQUAL, FREE, 8, 10).run();
        assertThat(outcome.roundSeconds()).isCloseTo(20, offset(1e-9));
        assertThat(outcome.computing()).isCloseTo(1, offset(1e-9));
    }

    /** The largest of n exponential times with mean m is m (1 + 1/2 + ... + 1/n) on average. */
    @Test
    void aRoundWaitsForTheSlowestPause() {
        Workers pausing = new Workers(3600, 0, 0, 1e-9, 1, 1e9, 60);
        Workers often = new Workers(1, 0, 0, 3600, 10, 1e9, 60);
        assertThat(new RoundSimulation(pausing, FREE, 8, 1).run().waiting()).isLessThan(1e-6);
        assertThat(new RoundSimulation(often, FREE, 64, 1).run().roundSeconds())
                .isGreaterThan(new RoundSimulation(often, FREE, 8, 1).run().roundSeconds());
    }

    @Test
    void aFailureRepeatsTheRoundOfItsWorkerAlone() {
        Workers failing = new Workers(1, 0, 0, 1e-9, 1, 100.0 / 3600, 0);
        double seconds = new RoundSimulation(failing, FREE, 1, 100).run().roundSeconds();
        // Restarts without cost: mean time to survive t with rate 1/t is t (e - 1).
        assertThat(seconds).isCloseTo(100 * (Math.E - 1), withPercentage(15));
    }
}
