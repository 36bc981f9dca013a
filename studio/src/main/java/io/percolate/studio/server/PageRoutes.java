package io.percolate.studio.server;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The page: files of this module by name, read once. */
final class PageRoutes implements Routes {

    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("index.html", HTML),
            Map.entry("api.html", HTML),
            Map.entry("studio.css", "text/css; charset=utf-8"),
            Map.entry("openapi.json", "application/json"),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("main.js", SCRIPT),
            Map.entry("server.js", SCRIPT),
            Map.entry("generate.js", SCRIPT),
            Map.entry("gallery.js", SCRIPT),
            Map.entry("control.js", SCRIPT),
            Map.entry("initimage.js", SCRIPT),
            Map.entry("explain.js", SCRIPT),
            Map.entry("runs.js", SCRIPT),
            Map.entry("api.js", SCRIPT),
            Map.entry("dom.js", SCRIPT));

    private final Map<String, byte[]> files = new HashMap<>();

    PageRoutes() {
        TYPES.keySet().forEach(name -> files.put(name, read(name)));
    }

    @Override
    public void addTo(Javalin server) {
        server.get("/", context -> send(context, "index.html"));
        server.get("/docs", context -> send(context, "api.html"));
        server.get("/openapi.json", context -> send(context, "openapi.json"));
        server.get("/favicon.ico", context -> send(context, "icon.svg"));
        server.get("/assets/{file}", context -> send(context, context.pathParam("file")));
    }

    private void send(Context context, String name) {
        byte[] file = Optional.ofNullable(files.get(name)).orElseThrow(HttpFailure::notFound);
        context.contentType(TYPES.get(name)).header("Cache-Control", "no-cache").result(file);
    }

    private static byte[] read(String name) {
        try (InputStream in = PageRoutes.class.getResourceAsStream("/io/percolate/studio/page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the page has no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
