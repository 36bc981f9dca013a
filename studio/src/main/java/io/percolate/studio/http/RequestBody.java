package io.percolate.studio.http;

import io.javalin.http.Context;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

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
            return reader.apply(
                    bytes.length == 0 ? JsonConfig.of("request", Map.of()) : JsonConfig.parse("request", bytes));
        } catch (BadFileException bad) {
            throw HttpFailure.badRequest(bad.getMessage());
        }
    }

    /** What {@code reader} makes of the bytes of the body. */
    private <T> T bytes(Context context, Function<byte[], T> reader) {
        long announced = context.req().getContentLengthLong();
        if (announced > mostBytes) {
            throw tooLarge();
        }
        if (announced >= 0 && announced <= SMALL) {
            return reader.apply(read(context));
        }
        if (!large.tryAcquire()) {
            throw new HttpFailure(429, "several large requests are being read: try again later");
        }
        try {
            return reader.apply(read(context));
        } finally {
            large.release();
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpFailure tooLarge() {
        return new HttpFailure(413, "the request is larger than " + mostBytes + " bytes");
    }
}
