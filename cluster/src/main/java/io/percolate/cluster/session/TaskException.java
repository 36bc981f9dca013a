package io.percolate.cluster.session;

/** A job ended because one of its tasks failed again and again; the message is that of the last failure. */
public final class TaskException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private TaskException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Without the stacks that Spark's message has. */
    static TaskException of(Exception failed) {
        Throwable reason = failed.getCause() == null ? failed : failed.getCause();
        String message = String.valueOf(reason.getMessage() == null ? reason : reason.getMessage());
        return new TaskException(message.lines().findFirst().orElse(message), failed);
    }
}
