package io.percolate.studio.server;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.percolate.nn.engine.PeakMemory;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.studio.http.Answers;
import io.percolate.studio.http.Routes;
import io.percolate.studio.work.LoadedModels;
import io.percolate.studio.work.WorkQueues;
import io.percolate.studio.work.WorkStatistics;
import java.util.Locale;
import java.util.Map;

/** {@code /health}: the server answers; {@code /ready}: its first model is loaded; {@code /metrics} for Prometheus. */
final class HealthRoutes implements Routes {

    private final WorkQueues queues;
    private final LoadedModels models;
    private final Readiness readiness;

    HealthRoutes(WorkQueues queues, LoadedModels models, Readiness readiness) {
        this.queues = queues;
        this.models = models;
        this.readiness = readiness;
    }

    @Override
    public void addTo(Javalin server) {
        server.get("/health", context -> Answers.json(context, Map.of("alive", true)));
        server.get("/ready", this::ready);
        server.get("/metrics", context -> context.contentType("text/plain; version=0.0.4")
                .result(metrics()));
    }

    private void ready(Context context) {
        context.status(readiness.isReady() ? 200 : 503);
        Answers.json(context, Map.of("ready", readiness.isReady()));
    }

    private String metrics() {
        WorkStatistics.Counts counts = queues.statistics().counts();
        Runtime runtime = Runtime.getRuntime();
        StringBuilder text = new StringBuilder();
        add(text, "percolate_jobs_waiting", "gauge", waiting());
        add(text, "percolate_jobs_running", "gauge", queues.running().size());
        add(text, "percolate_jobs_finished_total", "counter", counts.finished());
        add(text, "percolate_jobs_failed_total", "counter", counts.failed());
        add(text, "percolate_jobs_cancelled_total", "counter", counts.cancelled());
        add(text, "percolate_jobs_refused_total", "counter", counts.refused());
        add(text, "percolate_images_total", "counter", counts.images());
        add(text, "percolate_generation_seconds_total", "counter", counts.seconds());
        add(text, "percolate_models_loaded", "gauge", models.count());
        add(text, "percolate_native_arrays", "gauge", TorchEngine.liveArrays());
        add(text, "percolate_heap_bytes", "gauge", runtime.totalMemory() - runtime.freeMemory());
        PeakMemory.residentMegabytes()
                .ifPresent(megabytes -> add(text, "percolate_resident_bytes", "gauge", megabytes * 1e6));
        return text.toString();
    }

    private int waiting() {
        return queues.waiting().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void add(StringBuilder text, String name, String type, double value) {
        text.append(String.format(Locale.ROOT, "# TYPE %s %s\n%s %s\n", name, type, name, value));
    }
}
