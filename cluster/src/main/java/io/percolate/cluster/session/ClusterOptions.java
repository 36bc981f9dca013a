package io.percolate.cluster.session;

import io.percolate.files.MemorySize;
import java.util.LinkedHashMap;
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
            names = "--executor-memory",
            paramLabel = "SIZE",
            description = "memory of an executor on a cluster, such as 4G: what a task needs for native arrays, and the"
                    + " rest as Java's heap (default: a heap of 1G, and what a task needs)")
    private String memory;

    @Option(
            names = "--conf",
            paramLabel = "KEY=VALUE",
            description = "a setting of Spark, such as spark.executor.instances=8; may be repeated")
    private Map<String, String> settings = Map.of();

    /** Executors that the master's URL names, 1 if it names none. */
    public int executors() {
        return chosen().executors();
    }

    /**
     * Fails if tasks of {@code need} do not fit into an executor.
     *
     * @return heap and overhead of an executor, as {@code --dry-run} prints them
     */
    public Map<String, Object> memory(MemoryNeed need) {
        Map<String, String> all = settings(need);
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("native_megabytes_of_a_task", MemoryNeed.megabytes(need.bytes()));
        printed.put("executor_heap", all.getOrDefault("spark.executor.memory", "that of this process"));
        printed.put("executor_overhead", all.getOrDefault("spark.executor.memoryOverhead", "not limited"));
        return printed;
    }

    /**
     * Connects; whoever asks for it closes it.
     *
     * @param name what the cluster's own pages call the job
     * @param need what a task takes beside Java's heap
     * @throws IllegalArgumentException if an executor has too little memory; the message says what is needed
     */
    public ClusterSession open(String name, MemoryNeed need) {
        return ClusterSession.open(name, chosen(), settings(need));
    }

    private Master chosen() {
        if (threads < 1) {
            throw new IllegalArgumentException("--threads " + threads + ": give 1 or more");
        }
        return Master.of(master);
    }

    private Map<String, String> settings(MemoryNeed need) {
        Map<String, String> all = new TreeMap<>(chosen().settings(threads));
        if (chosen().limitsMemory()) {
            all.putAll(
                    memory == null
                            ? need.settings()
                            : need.settings(MemorySize.parse(memory).bytes()));
        }
        all.putAll(settings);
        if (chosen().limitsMemory()) {
            need.check(all);
        }
        return all;
    }
}
