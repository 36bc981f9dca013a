package io.percolate.weights;

/** A file that does not hold what it should: the message is one line with the file, what is wrong and the way out. */
public final class WeightsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** An error with a one-line message. */
    public WeightsException(String message) {
        super(message);
    }

    /** An error that something else caused. */
    public WeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
