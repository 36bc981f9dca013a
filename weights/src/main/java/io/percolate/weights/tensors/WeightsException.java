package io.percolate.weights.tensors;

/** A file that does not hold what it should: the message is one line with the file, what is wrong and the way out. */
public final class WeightsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private static final int LONGEST = 2000;

    /** An error with a one-line message. */
    public WeightsException(String message) {
        super(line(message));
    }

    /** An error that something else caused. */
    public WeightsException(String message, Throwable cause) {
        super(line(message), cause);
    }

    /** Names come from files: what would break the line or flood it is cut. */
    private static String line(String message) {
        String line = message.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
    }
}
