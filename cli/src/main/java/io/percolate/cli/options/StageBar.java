package io.percolate.cli.options;

import io.percolate.cli.emoji.FetchListener;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on stderr for each stage of a preparation, one after the other. */
public final class StageBar implements FetchListener, AutoCloseable {

    private ProgressBar bar;

    @Override
    public void at(String stage, int done, int total) {
        if (bar == null || !bar.getTaskName().equals(stage)) {
            close();
            bar = new ProgressBarBuilder()
                    .setTaskName(stage)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .build();
        }
        bar.stepTo(done);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
