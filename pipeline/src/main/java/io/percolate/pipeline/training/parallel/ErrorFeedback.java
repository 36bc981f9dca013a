package io.percolate.pipeline.training.parallel;

/**
 * Adds what rounding took from one message to the next one, so that nothing is lost in the long run (Seide et al. 2014).
 */
final class ErrorFeedback {

    private final WireType type;
    private float[] lost;

    /** For messages of {@code size} numbers. */
    ErrorFeedback(WireType type, int size) {
        this.type = type;
        lost = new float[size];
    }

    /** The message {@code values}, which is used up, with what the last one lacked. */
    WireVector send(float[] values) {
        for (int i = 0; i < lost.length; i++) {
            values[i] += lost[i];
        }
        WireVector sent = type.pack(values);
        for (int i = 0; i < lost.length; i++) {
            lost[i] = values[i] - sent.at(i);
        }
        return sent;
    }

    /** What the last message lacked (N). */
    float[] lost() {
        return lost;
    }

    /** Goes on where another one was. */
    void restore(float[] other) {
        lost = other;
    }
}
