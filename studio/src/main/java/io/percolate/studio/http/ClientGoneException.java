package io.percolate.studio.http;

/** The other side closed the connection: nobody reads an answer. */
public final class ClientGoneException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ClientGoneException(Throwable cause) {
        super("the client is gone", cause);
    }

    ClientGoneException() {
        super("the client is gone");
    }
}
