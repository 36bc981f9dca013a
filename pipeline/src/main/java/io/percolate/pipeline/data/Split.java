package io.percolate.pipeline.data;

import java.util.Locale;
import java.util.Optional;

/** Which part of a data set an image belongs to. */
public enum Split {
    /** Images that a model is trained on. */
    TRAIN,
    /** Images that no model may see before it is evaluated. */
    HELD_OUT,
    /** Images of a kind that the model is not to know, so that a later fine-tuning can teach it. */
    UNSEEN;

    /** Reads the metadata's {@code split}: {@code train}, {@code unseen}, or one of the usual names of what is held out. */
    static Optional<Split> of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "train" -> Optional.of(TRAIN);
            case "heldout", "held-out", "held_out", "test", "validation", "val" -> Optional.of(HELD_OUT);
            case "unseen" -> Optional.of(UNSEEN);
            default -> Optional.empty();
        };
    }
}
