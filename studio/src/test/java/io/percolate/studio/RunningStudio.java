package io.percolate.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.studio.server.Binding;
import io.percolate.studio.server.ServerSettings;
import io.percolate.studio.server.StudioServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A server on a free port, and a client for it. */
final class RunningStudio implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final StudioServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    RunningStudio(ServerSettings settings) {
        server = StudioServer.start(settings);
    }

    /** With the embedded model, for this machine alone. */
    static RunningStudio embedded(Path gallery) {
        return new RunningStudio(ServerSettings.embedded(Binding.LOCAL, gallery));
    }

    URI address() {
        return server.address();
    }

    int port() {
        return server.address().getPort();
    }

    /** An event of a stream. */
    record Event(String name, JsonNode data) {}

    HttpResponse<String> get(String path) {
        return send(path, request -> request);
    }

    HttpResponse<byte[]> bytes(String path) {
        try {
            return client.send(request(path).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> post(String path, String json) {
        return send(path, request -> request.header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> more) {
        try {
            return client.send(more.apply(request(path)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address().resolve(path));
    }

    /** The JSON of an answer. */
    static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The events of an answer. */
    static List<Event> events(HttpResponse<String> answer) {
        List<Event> events = new ArrayList<>();
        for (String block : answer.body().split("\n\n")) {
            String[] lines = block.split("\n");
            try {
                events.add(new Event(
                        lines[0].substring("event: ".length()), JSON.readTree(lines[1].substring("data: ".length()))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return events;
    }

    @Override
    public void close() {
        server.close();
    }
}
