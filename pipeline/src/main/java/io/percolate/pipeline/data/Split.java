package io.percolate.pipeline.data;

import java.util.Locale;
import java.util.Optional;

/** Which part of a data set an image belongs to. */
public enum Split {
    /** Images that a model is trained on. */
    TRAIN,
    /** Images that no model may see before it is evaluated. */
    HELD_OUT;

    /** Reads the metadata's {@code split}: {@code train}, or one of the usual names of what is held out. */
    static Optional<Split> of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "train" -> Optional.of(TRAIN);
            case "heldout", "held-out", "held_out", "test", "validation", "val" -> Optional.of(HELD_OUT);
            default -> Optional.empty();
        };
    }
}
