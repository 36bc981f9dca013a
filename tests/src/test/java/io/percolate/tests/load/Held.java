package io.percolate.tests.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What a server says that it holds.
 *
 * @param arrays native arrays that are alive
 * @param residentMegabytes memory in use
 * @param jobs jobs that run or wait
 */
record Held(double arrays, double residentMegabytes, double jobs) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** By the metrics of the server at this address. */
    static Held by(URI server) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/metrics")).build();
        String metrics = CLIENT.send(request, BodyHandlers.ofString()).body();
        return new Held(
                metric(metrics, "percolate_native_arrays"),
                metric(metrics, "percolate_resident_bytes") / 1e6,
                metric(metrics, "percolate_jobs_running") + metric(metrics, "percolate_jobs_waiting"));
    }

    private static double metric(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(Double.NaN);
    }
}
