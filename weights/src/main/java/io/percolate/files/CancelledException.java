package io.percolate.files;

/**
 * Work that ended early because a listener or an interrupt asked for it. Nothing is left half-written.
 *
 * <p>This is no {@link java.util.concurrent.CancellationException}: that one says that a task of somebody else has no
 * result, and would not have {@link PercolateException} as its root.
 */
public final class CancelledException extends PercolateException {

    private static final long serialVersionUID = 1;

    /** Throws if the calling thread is interrupted, which it stays: {@code work} ends here. */
    public static void ifInterrupted(String work) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException(work + " was interrupted");
        }
    }

    /** Work that ended as {@code message} says. */
    public CancelledException(String message) {
        super(message);
    }
}
