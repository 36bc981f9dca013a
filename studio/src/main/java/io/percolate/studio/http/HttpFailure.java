package io.percolate.studio.http;

/** A request that is refused; the message is for whoever sent it. */
public final class HttpFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    /** Refuses with an HTTP status of 400 or more. */
    public HttpFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** A body that is not as it should be. */
    public static HttpFailure badRequest(String message) {
        return new HttpFailure(400, message);
    }

    /** Something that is not there. */
    public static HttpFailure notFound() {
        return new HttpFailure(404, "there is nothing here");
    }

    int status() {
        return status;
    }
}
