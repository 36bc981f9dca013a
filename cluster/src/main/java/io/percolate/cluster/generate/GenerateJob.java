package io.percolate.cluster.generate;

import io.percolate.cluster.session.ClusterSession;
import io.percolate.command.options.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Generates a table of requests, some of them a task.
 *
 * @param task what generates them
 * @param perTask requests of a task, at most
 */
record GenerateJob(GenerateTask task, int perTask) {

    GenerateJob {
        if (perTask < 1 || task.batch() < 1) {
            throw new IllegalArgumentException("--requests-per-task " + perTask + " and --batch-limit " + task.batch()
                    + ": both must be at least 1");
        }
    }

    /** The tasks for {@code requests}. */
    List<ArrayList<ImageRequest>> partitions(List<ImageRequest> requests) {
        List<ArrayList<ImageRequest>> partitions = new ArrayList<>();
        for (int i = 0; i < requests.size(); i += perTask) {
            partitions.add(new ArrayList<>(requests.subList(i, Math.min(i + perTask, requests.size()))));
        }
        return partitions;
    }

    /** Generates them, writes the result table {@code results.jsonl}, and returns it in the order of the requests. */
    List<ImageResult> run(List<ImageRequest> requests, ClusterSession session) {
        List<ImageResult> results = new ArrayList<>();
        session.each("generating", partitions(requests), task).forEach(results::addAll);
        results.sort(Comparator.comparingInt(ImageResult::row));
        String table = results.stream()
                .map(result -> JsonText.of(result.values()) + "\n")
                .collect(Collectors.joining());
        task.out().write("results.jsonl", out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
        return results;
    }
}
