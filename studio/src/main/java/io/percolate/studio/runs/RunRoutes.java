package io.percolate.studio.runs;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.HttpFailure;
import io.percolate.studio.http.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/runs}, and the log, samples and report of the run that {@code ?name=} says. */
public final class RunRoutes implements Routes {

    /** A report is one page without scripts; whatever is in the folder, none runs. */
    private static final String REPORT_POLICY =
            "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'self'";

    private final RunFolders folders;

    public RunRoutes(RunFolders folders) {
        this.folders = folders;
    }

    @Override
    public void addTo(Javalin server) {
        server.get("/api/runs", this::list);
        server.get("/api/runs/log", context -> Answers.json(context, RunLog.curves(file(context, RunFolders.LOG))));
        server.get("/api/runs/strip", context -> context.contentType("image/png")
                .result(bytes(file(context, RunFolders.STRIP))));
        server.get("/api/runs/report", context -> context.contentType("text/html; charset=utf-8")
                .header("Content-Security-Policy", REPORT_POLICY)
                .result(bytes(file(context, RunFolders.REPORT))));
    }

    private void list(Context context) {
        List<Map<String, Object>> runs = folders.all().entrySet().stream()
                .map(run -> values(run.getKey(), run.getValue()))
                .toList();
        Answers.json(context, Map.of("runs", runs, "configured", folders.root().isPresent()));
    }

    private static Map<String, Object> values(String name, Path folder) {
        return Map.of(
                "name", name,
                "log", Files.exists(folder.resolve(RunFolders.LOG)),
                "strip", Files.exists(folder.resolve(RunFolders.STRIP)),
                "report", Files.exists(folder.resolve(RunFolders.REPORT)));
    }

    private Path file(Context context, String file) {
        String name = Optional.ofNullable(context.queryParam("name")).orElse("");
        return folders.file(name, file).orElseThrow(HttpFailure::notFound);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
