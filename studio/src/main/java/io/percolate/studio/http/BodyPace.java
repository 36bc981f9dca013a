package io.percolate.studio.http;

import io.javalin.http.Context;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpInput;
import org.eclipse.jetty.server.Request;

/**
 * Watches how fast a body comes, so that no thread waits for one for ever. Every body has some seconds, however small it
 * is: the server itself may be busy while it comes, which a rate alone would hold against the sender.
 */
final class BodyPace implements HttpInput.Interceptor {

    private static final double GRACE_SECONDS = 10;
    private static final double SLOWEST_BYTES_PER_SECOND = 1 << 10;

    private final LongSupplier nanoTime;
    private final long began;
    private long bytes;
    private boolean isTooSlow;

    BodyPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
    }

    /** Watches the body of a request, of which nothing is read yet. */
    static BodyPace watching(Context context) {
        BodyPace pace = new BodyPace(System::nanoTime);
        Request.getBaseRequest(context.req()).getHttpInput().addInterceptor(pace);
        return pace;
    }

    /** Whether the body was cut off because it came too slowly. */
    boolean isTooSlow() {
        return isTooSlow;
    }

    @Override
    public HttpInput.Content readFrom(HttpInput.Content content) {
        bytes += content.remaining();
        double seconds = (nanoTime.getAsLong() - began) / 1e9;
        if (seconds > GRACE_SECONDS + bytes / SLOWEST_BYTES_PER_SECOND) {
            isTooSlow = true;
            throw new IllegalStateException("too slow");
        }
        return content;
    }
}
