package io.percolate.cli.emoji;

/** Is told how far a preparation has come. */
@FunctionalInterface
public interface FetchListener {

    /** Tells nobody. */
    FetchListener SILENT = (stage, done, total) -> {};

    /** {@code done} of {@code total} steps of a {@code stage} (a few words) are finished. */
    void at(String stage, int done, int total);
}
