package io.percolate.tests.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.tests.LiveMemory;
import io.percolate.tests.TestFolders;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Requests that are cancelled, interrupted or refused at random end in what is documented, and leave nothing. */
class RandomStopsTest {

    private static final int THREADS = 8;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Path MODEL = TestFolders.DATA.resolve("sd1-tiny");

    @Test
    void stoppedRequestsLeaveNothingBehind() throws InterruptedException {
        new RandomStops(MODEL).run(1, Duration.ofSeconds(1), 1);
        long arrays = LiveMemory.now().arrays();
        RandomStops stops = new RandomStops(MODEL);
        stops.run(THREADS, TIME, 2);
        assertThat(stops.faults()).isEmpty();
        assertThat(stops.endings()).containsKeys(RandomStops.Ending.FINISHED, RandomStops.Ending.CANCELLED);
        assertThat(LiveMemory.now().arrays()).isEqualTo(arrays);
    }
}
