package io.percolate.cluster.train;

import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingProgress;
import java.io.PrintWriter;
import java.util.Locale;

/** Tells every few seconds, in a line each, where a training is. */
final class RoundLog implements TrainingListener {

    private static final long PAUSE = 10_000_000_000L;

    private final PrintWriter out;
    private long last = System.nanoTime() - PAUSE;

    RoundLog(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void stepped(TrainingProgress progress) {
        if (System.nanoTime() - last >= PAUSE) {
            last = System.nanoTime();
            out.printf(
                    Locale.ROOT,
                    "step %d, loss %.4f, %.1f images/s, %.0f %%%n",
                    progress.step(),
                    progress.loss(),
                    progress.values().get("images_per_second"),
                    100 * progress.spent());
            out.flush();
        }
    }
}
