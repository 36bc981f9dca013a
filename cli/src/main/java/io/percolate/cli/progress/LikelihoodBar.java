package io.percolate.cli.progress;

import io.percolate.pipeline.score.LikelihoodListener;
import java.util.Locale;

/** A progress bar for each stage of measuring a likelihood, one after the other. */
public final class LikelihoodBar implements LikelihoodListener, AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 1000;

    private Bar bar;

    @Override
    public void at(Stage stage, double share) {
        String name = stage.name().toLowerCase(Locale.ROOT);
        if (bar == null || !bar.name().equals(name)) {
            close();
            bar = new Bar(name, UPDATE_MILLISECONDS);
        }
        bar.at(share, "");
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
