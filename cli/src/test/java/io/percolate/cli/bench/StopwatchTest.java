package io.percolate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.nn.engine.PeakMemory;
import org.junit.jupiter.api.Test;

class StopwatchTest {

    @Test
    void medianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Stopwatch.median(3, 1, 10)).isEqualTo(3);
        assertThat(Stopwatch.median(4, 1, 10, 2)).isEqualTo(3);
    }

    @Test
    void linuxTellsThePeakMemory() {
        PeakMemory.megabytes().ifPresent(megabytes -> assertThat(megabytes).isBetween(30.0, 1e6));
    }
}
