package io.percolate.files;

/** A file that does not hold what it should: the message names the file, what is wrong and the way out. */
public class BadFileException extends PercolateException {

    private static final long serialVersionUID = 1;

    /** A failure with a one-line message. */
    public BadFileException(String message) {
        super(message);
    }

    /** A failure that {@code cause} led to. */
    public BadFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
