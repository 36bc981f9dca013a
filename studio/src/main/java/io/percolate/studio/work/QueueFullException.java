package io.percolate.studio.work;

/** A job that found no place in the queue. */
public final class QueueFullException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int waiting;

    QueueFullException(int waiting) {
        super("the queue is full, " + waiting + " are waiting: try again later");
        this.waiting = waiting;
    }

    /** How many jobs are waiting. */
    public int waiting() {
        return waiting;
    }
}
