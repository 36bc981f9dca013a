package io.percolate.studio.work;

/** A job that did not run because its server stops. */
public final class StoppedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StoppedException() {
        super("the server is stopping");
    }
}
