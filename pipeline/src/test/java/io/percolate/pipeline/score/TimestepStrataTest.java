package io.percolate.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.score.TimestepStrata.Stratum;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimestepStrataTest {

    @Test
    void strataCoverEveryTimestepOnce() {
        for (int count : List.of(1, 2, 7, 50, 999, 1000, 5000)) {
            List<Stratum> strata = TimestepStrata.of(1000, count);
            assertThat(strata).hasSize(Math.min(count, 1000));
            assertThat(count == 1 || strata.get(0).equals(new Stratum(0, 1))).isTrue();
            int start = 0;
            for (Stratum stratum : strata) {
                assertThat(stratum.timestep()).isBetween(start, start + stratum.width() - 1);
                start += stratum.width();
            }
            assertThat(start).isEqualTo(1000);
        }
    }

    @Test
    void lowNoiseIsMeasuredStepByStep() {
        List<Stratum> strata = TimestepStrata.of(1000, 50);
        assertThat(strata.get(0)).isEqualTo(new Stratum(0, 1));
        assertThat(strata.get(49).width()).isBetween(100, 150);
    }

    @Test
    void allTimestepsAreEachMeasured() {
        assertThat(TimestepStrata.of(30, 30)).extracting(Stratum::width).containsOnly(1);
    }
}
