package io.percolate.files;

/**
 * What every failure that a caller can act on has in common: the message is one line that says what is wrong and what
 * to do about it. The subclasses tell the kinds apart.
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
