package io.percolate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeLeftTest {

    @Test
    void aSteadyTrainingCountsDown() {
        TimeLeft left = new TimeLeft();
        for (int second = 1; second <= 100; second++) {
            assertThat(left.at(second, second / 100.0))
                    .isEqualTo("0:%02d:%02d left".formatted((100 - second) / 60, (100 - second) % 60));
        }
    }

    @Test
    void aPauseOfAMinuteMovesItBySecondsAtATime() {
        TimeLeft left = new TimeLeft();
        double share = 0;
        for (int second = 1; second <= 600; second++) {
            share += 1 / 3600.0;
            left.at(second, share);
        }
        long before = seconds(left.at(601, share));
        long after = seconds(left.at(661, share)); // 60 s without a step: by itself 6 minutes more
        assertThat(after - before).isBetween(0L, 330L);
        long last = after;
        for (int second = 662; second <= 900; second++) {
            share += 1 / 3600.0;
            long now = seconds(left.at(second, share));
            assertThat(Math.abs(now - last)).isLessThanOrEqualTo(5);
            last = now;
        }
        assertThat((double) last).isBetween(0.9 * 840 * (1 - share) / share, 1.1 * 840 * (1 - share) / share * 1.2);
    }

    private static long seconds(String text) {
        String[] parts = text.replace(" left", "").split(":");
        return Long.parseLong(parts[0]) * 3600 + Long.parseLong(parts[1]) * 60 + Long.parseLong(parts[2]);
    }
}
