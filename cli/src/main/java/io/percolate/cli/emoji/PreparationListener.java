package io.percolate.cli.emoji;

import java.util.Locale;

/** Is told how far a preparation has come. */
@FunctionalInterface
public interface PreparationListener {

    /** Tells nobody. */
    PreparationListener NONE = (stage, done, total) -> {};

    /** Called whenever {@code done} of the {@code total} things that a {@code stage} counts are finished. */
    void at(Stage stage, int done, int total);

    /** What a preparation does, in this order. */
    enum Stage {
        FETCHING("packages"),
        WRITING("images");

        private final String unit;

        Stage(String unit) {
            this.unit = unit;
        }

        /** What it counts. */
        public String unit() {
            return unit;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
