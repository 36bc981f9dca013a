package io.percolate.cli.progress;

import io.percolate.cli.emoji.PreparationListener;
import io.percolate.command.progress.Bar;

/** A progress bar for each stage of a preparation, one after the other. */
public final class PreparationBar implements PreparationListener, AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 1000;

    private Bar bar;

    @Override
    public void at(Stage stage, int done, int total) {
        if (bar == null || !bar.name().equals(stage.toString())) {
            close();
            bar = new Bar(stage.toString(), UPDATE_MILLISECONDS);
        }
        bar.at((double) done / total, "%,d of %,d %s".formatted(done, total, stage.unit()));
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
