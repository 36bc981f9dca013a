package io.percolate.studio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium that the system has, and one page in it, by the DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private int calls;

    /** A browser that keeps what it writes in {@code folder}. */
    Browser(Path executable, Path folder) throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        executable.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page(folder.resolve("DevToolsActivePort")), new Listener())
                .join();
        call("Page.enable", Map.of());
        call("Runtime.enable", Map.of());
        call("Log.enable", Map.of());
    }

    /** The browser that the variable {@code CHROMIUM} names, or one on the path. */
    static Optional<Path> find() {
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)));
        return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
    }

    private URI page(Path port) throws IOException, InterruptedException {
        for (int i = 0; i < 600 && (!Files.exists(port) || Files.size(port) == 0); i++) {
            Thread.sleep(100);
        }
        String list = "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list";
        JsonNode pages = JSON.readTree(URI.create(list).toURL());
        return URI.create(pages.get(0).get("webSocketDebuggerUrl").textValue());
    }

    private final class Listener implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                hear(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private void hear(String message) {
        try {
            JsonNode heard = JSON.readTree(message);
            if (heard.has("id")) {
                answers.add(heard);
            } else {
                note(heard.path("method").textValue(), heard.path("params"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note(String event, JsonNode details) {
        boolean isError = event.equals("Runtime.exceptionThrown")
                || event.equals("Log.entryAdded")
                        && details.at("/entry/level").asText().equals("error")
                || event.equals("Runtime.consoleAPICalled")
                        && details.path("type").asText().equals("error");
        if (isError) {
            problems.add(details.toString());
        }
    }

    /** What the console told of errors. */
    List<String> problems() {
        return new ArrayList<>(problems);
    }

    JsonNode call(String method, Map<String, ?> parameters) {
        try {
            int id = ++calls;
            socket.sendText(JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters)), true)
                    .join();
            JsonNode answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null || answer.get("id").intValue() != id || answer.has("error")) {
                throw new IllegalStateException(method + " was answered with " + answer);
            }
            return answer.get("result");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void open(URI address) {
        evaluate("window.isOld = true");
        call("Page.navigate", Map.of("url", address.toString()));
        await("!window.isOld && document.readyState === 'complete'");
    }

    void resize(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    /** What JavaScript evaluates to, once its promise is kept. */
    JsonNode evaluate(String script) {
        JsonNode answer = call(
                "Runtime.evaluate",
                Map.of("expression", script, "awaitPromise", true, "returnByValue", true, "userGesture", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + answer.get("exceptionDetails"));
        }
        return answer.get("result").path("value");
    }

    /** Waits until a condition holds. */
    void await(String condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!evaluate("Boolean(" + condition + ")").booleanValue()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain until " + condition + "; the page has "
                        + evaluate("document.body.innerText").textValue());
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Types a text into a field, as a user does. */
    void type(String id, String text) {
        evaluate("document.getElementById('" + id + "').select()");
        call("Input.insertText", Map.of("text", text));
    }

    void click(String selector) {
        evaluate("document.querySelector('" + selector + "').click()");
    }

    byte[] screenshot() {
        String data = call("Page.captureScreenshot", Map.of("format", "png"))
                .get("data")
                .textValue();
        return Base64.getDecoder().decode(data);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
