package io.percolate.files;

/** A model that cannot be used: a part is missing, damaged or not supported. The message names it and the way out. */
public class ModelException extends BadFileException {

    private static final long serialVersionUID = 1;

    /** A failure with a one-line message. */
    public ModelException(String message) {
        super(message);
    }

    /** A failure that {@code cause} led to. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
