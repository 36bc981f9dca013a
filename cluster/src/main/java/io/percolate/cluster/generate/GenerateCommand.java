package io.percolate.cluster.generate;

import io.percolate.cluster.session.ClusterOptions;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.DryRun;
import io.percolate.cluster.session.MemoryNeed;
import io.percolate.cluster.session.SharedFolder;
import io.percolate.command.options.ModelOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate cluster generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Generate the images of a table of requests, and write their files and the table results.jsonl"
                + " (row, path, seed, seconds, error) into a folder, which every executor must see under the same name."
                + " Images that are there already stay. Exit code 1 if a request failed.")
public final class GenerateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--requests",
            required = true,
            paramLabel = "FILE",
            description =
                    "table in .jsonl, .csv or .parquet: prompt, and where given negative, seed (default: the row's"
                            + " number), size, steps, guidance, sampler")
    private String table;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "folder for the images and results, or a URL")
    private String out;

    @Option(
            names = "--requests-per-task",
            paramLabel = "N",
            defaultValue = "8",
            description = "requests of a task: more cost less to schedule, and a kill costs more (default:"
                    + " ${DEFAULT-VALUE})")
    private int perTask;

    @Option(
            names = "--batch-limit",
            paramLabel = "N",
            defaultValue = "1",
            description = "requests of one shape computed together, at most; more are faster, and their images equal"
                    + " those of single requests to rounding (default: ${DEFAULT-VALUE}, the very same bytes)")
    private int batch;

    @Mixin
    private DryRun dryRun;

    @Mixin
    private ModelOptions model;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        List<ImageRequest> requests = RequestTable.read(table);
        ArrayList<String> words =
                new ArrayList<>(ModelOptions.words(spec.commandLine().getParseResult()));
        GenerateJob job = new GenerateJob(new GenerateTask(words, SharedFolder.of(out), batch), perTask);
        MemoryNeed need = MemoryNeed.measure(() -> rehearse(job.task(), requests));
        Map<String, Object> memory = cluster.memory(need);
        if (dryRun.isWanted()) {
            print(forecast(job, requests, memory));
            return 0;
        }
        return run(job, requests, need);
    }

    private int run(GenerateJob job, List<ImageRequest> requests, MemoryNeed need) {
        try (ClusterSession session = cluster.open("generate", need)) {
            List<ImageResult> results = job.run(requests, session);
            List<ImageResult> failed =
                    results.stream().filter(result -> result.error() != null).toList();
            failed.forEach(result ->
                    spec.commandLine().getErr().println("percolate: row " + result.row() + ": " + result.error()));
            String paths = results.stream()
                    .filter(result -> result.error() == null)
                    .map(ImageResult::path)
                    .collect(Collectors.joining(System.lineSeparator()));
            print(dryRun.text(
                    Map.of("results", results.stream().map(ImageResult::values).toList()), paths));
            return failed.isEmpty() ? 0 : 1;
        }
    }

    /** One step of the largest image, on this machine. */
    private static void rehearse(GenerateTask task, List<ImageRequest> requests) {
        ImageRequest largest = requests.stream()
                .max(Comparator.comparingLong(request -> request.look().area()))
                .orElseThrow();
        task.rehearse(largest);
    }

    private String forecast(GenerateJob job, List<ImageRequest> requests, Map<String, Object> memory) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("requests", requests.size());
        values.put("partitions", job.partitions(requests).size());
        values.put("bytes", requests.stream().mapToLong(job.task()::pixelBytes).sum());
        values.putAll(memory);
        return dryRun.text(values);
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }
}
