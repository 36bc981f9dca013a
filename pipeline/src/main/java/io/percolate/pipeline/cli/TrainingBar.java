package io.percolate.pipeline.training;

import java.util.Map;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr over the share of the budget that is spent, with the loss and the speed. */
final class TrainingProgress implements AutoCloseable {

    private static final int PARTS = 1000;

    private final ProgressBar bar = new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(PARTS)
            .setUpdateIntervalMillis(2000)
            .setStyle(ProgressBarStyle.ASCII)
            .hideEta()
            .build();

    /** Shows an entry of the training log. */
    void show(Map<String, Double> entry, double spent) {
        bar.stepTo(Math.round(PARTS * spent));
        double seconds = entry.get("seconds");
        bar.setExtraMessage("step %.0f loss %.4f %.1f pictures/s %s left"
                .formatted(
                        entry.get("step"), entry.get("loss"), entry.get("pictures_per_second"), left(seconds, spent)));
    }

    private static String left(double seconds, double spent) {
        long remaining = spent == 0 ? 0 : Math.round(seconds * (1 - spent) / spent);
        return "%d:%02d:%02d".formatted(remaining / 3600, remaining / 60 % 60, remaining % 60);
    }

    @Override
    public void close() {
        bar.close();
    }
}
