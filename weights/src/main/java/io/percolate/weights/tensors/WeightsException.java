package io.percolate.weights.tensors;

import io.percolate.files.ModelException;

/** A model's file that does not hold what it should: the message names the file, what is wrong and the way out. */
public final class WeightsException extends ModelException {

    private static final long serialVersionUID = 1;

    /** A failure with a one-line message. */
    public WeightsException(String message) {
        super(message);
    }

    /** A failure that {@code cause} led to. */
    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
