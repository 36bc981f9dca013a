package io.percolate.cli.options;

import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingResult;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr over the share of the budget that is spent, with the mean loss of late and the speed. */
public final class TrainingBar implements TrainingListener, AutoCloseable {

    private static final int PARTS = 1000;
    private static final int STEPS_OF_MEAN = 25;

    private ProgressBar bar;
    private int steps;
    private double loss;

    @Override
    public void stepped(Progress progress) {
        if (bar == null) {
            open();
        }
        steps++;
        loss += (progress.loss() - loss) / Math.min(steps, STEPS_OF_MEAN);
        bar.stepTo(Math.round(PARTS * progress.spent()));
        bar.setExtraMessage("step %d loss %.4f %.1f images/s %s left"
                .formatted(progress.step(), loss, progress.values().get("images_per_second"), left(progress)));
    }

    @Override
    public void finished(TrainingResult result) {
        close();
    }

    private void open() {
        steps = 0;
        bar = new ProgressBarBuilder()
                .setTaskName("training")
                .setInitialMax(PARTS)
                .setUpdateIntervalMillis(2000)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .build();
    }

    private static String left(Progress progress) {
        double spent = progress.spent();
        long remaining = spent == 0 ? 0 : Math.round(progress.seconds() * (1 - spent) / spent);
        return "%d:%02d:%02d".formatted(remaining / 3600, remaining / 60 % 60, remaining % 60);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
