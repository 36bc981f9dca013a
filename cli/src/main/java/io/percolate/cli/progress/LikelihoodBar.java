package io.percolate.cli.progress;

import io.percolate.pipeline.score.LikelihoodListener;
import java.util.Locale;

/** A progress bar for each stage of measuring a likelihood, one after the other. */
public final class LikelihoodBar implements LikelihoodListener, AutoCloseable {

    private Stage current;
    private PartBar bar;

    @Override
    public void at(Stage stage, double share) {
        if (stage != current) {
            close();
            current = stage;
            bar = new PartBar(stage.name().toLowerCase(Locale.ROOT));
        }
        bar.at(share);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
