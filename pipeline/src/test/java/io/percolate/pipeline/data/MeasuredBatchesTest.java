package io.percolate.pipeline.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class MeasuredBatchesTest {

    private static final long WAIT = TimeUnit.MILLISECONDS.toNanos(20);

    @Test
    void onlyTheTimeInsideNextCounts() {
        try (MeasuredBatches batches = new MeasuredBatches(new Slow(), Position.START)) {
            assertThat(batches.waitedSeconds()).isZero();
            long begin = System.nanoTime();
            batches.next(null);
            assertThat(batches.position()).isEqualTo(new Position(0, 1));
            double most = (System.nanoTime() - begin) / 1e9;
            double waited = batches.waitedSeconds();
            assertThat(waited).isBetween(WAIT / 1e9, most);
            pause();
            assertThat(batches.waitedSeconds()).isEqualTo(waited);
        }
    }

    private static void pause() {
        long end = System.nanoTime() + WAIT;
        for (long left = WAIT; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Takes its time for next to nothing. */
    private static final class Slow implements Batches {

        private static final Batch FIRST =
                new Batch(null, false, List.of(new DataItem(null, Position.START, 0)), List.of(), List.of());

        @Override
        public Batch next(NDManager manager) {
            pause();
            return FIRST;
        }

        @Override
        public void close() {}
    }
}
