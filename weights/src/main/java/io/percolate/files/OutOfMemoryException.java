package io.percolate.files;

/**
 * Native memory, or that of a GPU, which was not enough for what was asked; the message says how to need less. What was
 * allocated is freed, and smaller requests may follow. A full Java heap stays an {@link OutOfMemoryError}.
 */
public final class OutOfMemoryException extends PercolateException {

    private static final long serialVersionUID = 1;

    /** A failure that the engine's {@code cause} led to. */
    public OutOfMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
