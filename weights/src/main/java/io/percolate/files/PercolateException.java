package io.percolate.files;

/**
 * What every failure that a caller can act on has in common: the message is one line that says what is wrong and what
 * to do about it. The subclasses tell the kinds apart:
 *
 * <ul>
 *   <li>{@link BadFileException}: a model ({@link ModelException}), a recipe, a data set or an image is not as it should be
 *   <li>{@link OutOfMemoryException}: ask for less
 *   <li>{@link CancelledException}: a listener or an interrupt ended the work
 * </ul>
 *
 * Arguments that can never be right are {@link IllegalArgumentException}s, and what the operating system refuses is an
 * {@link java.io.UncheckedIOException}.
 */
public abstract class PercolateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int LONGEST = 2000;

    /** A failure with a one-line message. */
    protected PercolateException(String message) {
        super(line(message));
    }

    /** A failure that {@code cause} led to. */
    protected PercolateException(String message, Throwable cause) {
        super(line(message), cause);
    }

    /** Messages quote names from files: control characters are replaced, and a flood is cut. */
    private static String line(String message) {
        String line = message.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
