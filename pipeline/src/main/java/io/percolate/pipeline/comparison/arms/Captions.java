package io.percolate.pipeline.comparison.arms;

/** What a model does with captions. */
public enum Captions {
    /** Images are generated for them. */
    READ,
    /** It could read them, but is trained without. */
    LEFT_OUT,
    /** No model of its kind reads any. */
    UNKNOWN;

    /** Whether models that do this and {@code other} can be compared: where both could read captions, both do, or none. */
    boolean suits(Captions other) {
        return this == other || this == UNKNOWN || other == UNKNOWN;
    }
}
