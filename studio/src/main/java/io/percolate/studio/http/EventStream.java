package io.percolate.studio.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.percolate.files.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Server-sent events as the answer to a request. A client that is gone or does not read ends in a {@link
 * ClientGoneException}.
 */
public final class EventStream {

    private final OutputStream out;

    /** Begins the answer. */
    public EventStream(Context context) {
        context.status(200).contentType("text/event-stream; charset=utf-8").header("X-Accel-Buffering", "no");
        try {
            out = context.res().getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one event with a JSON object. */
    public void send(String event, Map<String, ?> data) {
        write("event: " + event + "\ndata: " + new String(Json.compact(data), UTF_8) + "\n\n");
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }
}
