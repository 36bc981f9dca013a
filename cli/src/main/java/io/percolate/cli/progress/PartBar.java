package io.percolate.cli.progress;

import io.percolate.command.progress.Bar;

/** A progress bar of which nothing is known but the part that is done. */
public final class PartBar implements AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 1000;

    private final Bar bar;

    public PartBar(String name) {
        bar = new Bar(name, UPDATE_MILLISECONDS);
    }

    /** Tells that {@code share} is done, 0 to 1. */
    public void at(double share) {
        bar.at(share, "");
    }

    @Override
    public void close() {
        bar.close();
    }
}
