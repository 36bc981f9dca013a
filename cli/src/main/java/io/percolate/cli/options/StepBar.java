package io.percolate.cli.options;

import io.percolate.pipeline.generation.GenerationListener;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar over the steps of a generation, on stderr. */
public final class StepBar implements GenerationListener, AutoCloseable {

    private ProgressBar bar;

    @Override
    public void stepped(Progress progress) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("drawing")
                    .setInitialMax(progress.steps())
                    .setUpdateIntervalMillis(250)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
        bar.stepTo(progress.step());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
