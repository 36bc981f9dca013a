package io.percolate.cluster.session;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Where jobs run: the options of every command on a cluster. */
public final class ClusterOptions {

    @Option(
            names = "--master",
            required = true,
            paramLabel = "URL",
            description = "who gives executors: local[THREADS], local-cluster[EXECUTORS,THREADS,MEGABYTES],"
                    + " spark://HOST:PORT, yarn or k8s://URL")
    private String master;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "threads of a task on a cluster, which has an executor of so many cores to itself (default:"
                    + " ${DEFAULT-VALUE}; local masters say it in their URL)")
    private int threads;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "a setting of Spark, such as spark.executor.instances=8; may be repeated")
    private Map<String, String> settings = Map.of();

    /** Connects; whoever asks for it closes it. */
    public ClusterSession open(String name) {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads " + threads + ": give 1 or more");
        }
        Master chosen = Master.of(master);
        Map<String, String> all = new TreeMap<>(chosen.settings(threads));
        all.putAll(settings);
        return ClusterSession.open(name, chosen, all);
    }
}
