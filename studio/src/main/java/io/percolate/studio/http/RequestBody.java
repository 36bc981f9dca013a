package io.percolate.studio.http;

import io.javalin.http.Context;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.jetty.http.BadMessageException;

/** Reads bodies of requests, each within a limit, and all at once within another. */
public final class RequestBody {

    private static final int SMALL = 1 << 16;
    private static final int LARGE_AT_ONCE = 2;

    private final int mostBytes;
    private final Semaphore large = new Semaphore(LARGE_AT_ONCE);

    /** Bodies of at most {@code mostBytes}. */
    public RequestBody(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** What {@code reader} makes of the body, one JSON object; its complaints are answered with status 400. */
    public <T> T json(Context context, Function<JsonConfig, T> reader) {
        String type = Optional.ofNullable(context.contentType()).orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new HttpFailure(415, "send JSON, as Content-Type: application/json says");
        }
        return bytes(context, bytes -> read(bytes, reader));
    }

    private static <T> T read(byte[] bytes, Function<JsonConfig, T> reader) {
        try {
            return reader.apply(JsonConfig.parse("request", bytes));
        } catch (BadFileException bad) {
            throw HttpFailure.badRequest(bad.getMessage());
        }
    }

    /** What {@code reader} makes of the body, a form whose length is announced. */
    public <T> T form(Context context, Supplier<T> reader) {
        if (!context.isMultipartFormData()) {
            throw new HttpFailure(415, "send a form, as Content-Type: multipart/form-data says");
        }
        if (context.req().getContentLengthLong() < 0) {
            throw new HttpFailure(411, "say how long the form is, as Content-Length");
        }
        return admitted(context, reader);
    }

    private <T> T bytes(Context context, Function<byte[], T> reader) {
        return admitted(context, () -> reader.apply(read(context)));
    }

    /** Reads now if the body may be so large, and not too many large ones are being read. */
    private <T> T admitted(Context context, Supplier<T> reading) {
        long announced = context.req().getContentLengthLong();
        if (announced > mostBytes) {
            throw tooLarge();
        }
        if (announced >= 0 && announced <= SMALL) {
            return watched(context, reading);
        }
        if (!large.tryAcquire()) {
            throw new HttpFailure(429, "several large requests are being read: try again later");
        }
        try {
            return watched(context, reading);
        } finally {
            large.release();
        }
    }

    private static <T> T watched(Context context, Supplier<T> reading) {
        BodyPace pace = BodyPace.watching(context);
        try {
            return reading.get();
        } catch (RuntimeException failure) {
            throw pace.isTooSlow() ? new HttpFailure(408, "the request was sent too slowly") : failure;
        }
    }

    private byte[] read(Context context) {
        try {
            InputStream in = context.req().getInputStream();
            byte[] bytes = in.readNBytes(mostBytes + 1);
            if (bytes.length > mostBytes) {
                throw tooLarge();
            }
            return bytes;
        } catch (BadMessageException broken) { // cut off
            throw new HttpFailure(broken.getCode(), "the request was not sent to its end");
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    private HttpFailure tooLarge() {
        return new HttpFailure(413, "the request is larger than " + mostBytes + " bytes");
    }
}
