package io.percolate.tests.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless Chromium that knows no network. */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final String ADDRESS = "DevTools listening on ";
    private static final int HEIGHT = 800;

    private final Process process;
    private final DevTools tools;

    /**
     * What a page did.
     *
     * @param windowWidth in pixels
     * @param pageWidth of what there is to see, in pixels: more than that of the window where it scrolls
     * @param errors in the console
     * @param requests that went to some address
     */
    public record Visit(int windowWidth, int pageWidth, List<String> errors, List<String> requests) {}

    /** The one that the variable {@code CHROMIUM} names, or one on the path; empty if there is none. */
    public static Optional<Path> find() {
        Stream<Path> named = Stream.ofNullable(System.getenv("CHROMIUM")).map(Path::of);
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(named, onPath).filter(Files::isExecutable).findFirst();
    }

    /** Starts {@code binary}, which keeps what it knows in {@code profile}. */
    public Chromium(Path binary, Path profile) throws Exception {
        process = new ProcessBuilder(
                        binary.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "--host-resolver-rules=MAP * ~NOTFOUND",
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        tools = new DevTools(URI.create(address()));
    }

    private String address() throws IOException {
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(ADDRESS)) {
                return line.substring(ADDRESS.length());
            }
        }
        throw new AssertionError("the browser ended");
    }

    /** Opens {@code page} in a window of {@code width} pixels. */
    public Visit open(Path page, int width) throws Exception {
        String target = tools.call("", "Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        String session = tools.call("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            tools.call(session, domain + ".enable", Map.of());
        }
        tools.call(
                session,
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
        tools.call(session, "Page.navigate", Map.of("url", page.toUri().toString()));
        tools.await(session, "location.protocol == 'file:' && document.readyState == 'complete'");
        return new Visit(
                number(session, "innerWidth"),
                number(session, "document.documentElement.scrollWidth"),
                errors(),
                requests());
    }

    private int number(String session, String expression) throws Exception {
        return tools.evaluate(session, expression).asInt();
    }

    private List<String> errors() {
        List<String> errors = new ArrayList<>();
        tools.events("Runtime.exceptionThrown").forEach(event -> errors.add(event.toString()));
        tools.events("Log.entryAdded").forEach(event -> errors.add(event.toString()));
        tools.events("Runtime.consoleAPICalled").forEach(event -> errors.add(event.toString()));
        return errors;
    }

    private List<String> requests() {
        return tools.events("Network.requestWillBeSent").stream()
                .map(event -> event.path("request").path("url"))
                .map(JsonNode::asText)
                .filter(url -> !url.startsWith("file:") && !url.startsWith("data:"))
                .toList();
    }

    @Override
    public void close() {
        tools.close();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
