package io.percolate.cluster.session;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who gives a command its executors. Whoever it is, an executor has as many cores as its only task has threads. */
sealed interface Master {

    /** Reads a URL of Spark: {@code local[2]}, {@code local-cluster[2,1,1024]}, {@code spark://host:7077}, {@code yarn}. */
    static Master of(String url) {
        Matcher local = Pattern.compile("local(?:\\[(\\d+|\\*)])?").matcher(url);
        if (local.matches()) {
            return new Local(cores(local.group(1)));
        }
        Matcher own = Pattern.compile("local-cluster\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]")
                .matcher(url);
        if (own.matches()) {
            return new OwnProcesses(
                    Integer.parseInt(own.group(1)), Integer.parseInt(own.group(2)), Integer.parseInt(own.group(3)));
        }
        if (url.matches("(spark|k8s)://.+|yarn")) {
            return new Cluster(url);
        }
        throw new IllegalArgumentException(
                "--master " + url
                        + ": give local[THREADS], local-cluster[EXECUTORS,THREADS,MEGABYTES], spark://HOST:PORT, yarn or k8s://URL");
    }

    private static int cores(String count) {
        int all = Runtime.getRuntime().availableProcessors();
        return count == null ? 1 : count.equals("*") ? all : Integer.parseInt(count);
    }

    /** As Spark reads it. */
    String url();

    /**
     * What Spark has to know for one task at a time.
     *
     * @param threads of a task; 0 for as many as an executor has cores
     */
    Map<String, String> settings(int threads);

    /** How many tasks run at the same time, as far as the URL tells: at least so many partitions keep all busy. */
    int executors();

    /** Whether an executor that takes more than its heap and overhead may be ended. */
    default boolean limitsMemory() {
        return false;
    }

    private static Map<String, String> oneTask(int cores) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("spark.task.cpus", Integer.toString(cores));
        settings.put("spark.executor.cores", Integer.toString(cores));
        settings.put("spark.executorEnv.OMP_NUM_THREADS", Integer.toString(cores));
        return settings;
    }

    /**
     * This process.
     *
     * @param cores threads of its only task
     */
    record Local(int cores) implements Master {

        @Override
        public String url() {
            return "local[" + cores + "]";
        }

        @Override
        public Map<String, String> settings(int threads) {
            return OnThisMachine.with(oneTask(cores));
        }

        @Override
        public int executors() {
            return 1;
        }
    }

    /** Processes of their own on this machine, which have the class path of this one. */
    record OwnProcesses(int executors, int cores, int megabytes) implements Master {

        @Override
        public String url() {
            return "local-cluster[%d,%d,%d]".formatted(executors, cores, megabytes);
        }

        @Override
        public Map<String, String> settings(int threads) {
            Map<String, String> settings = OnThisMachine.with(oneTask(cores));
            settings.put("spark.executor.extraClassPath", System.getProperty("java.class.path"));
            settings.put("spark.executor.memory", megabytes + "m");
            return settings;
        }
    }

    /** Other machines. */
    record Cluster(String url) implements Master {

        @Override
        public Map<String, String> settings(int threads) {
            return oneTask(Math.max(1, threads));
        }

        @Override
        public boolean limitsMemory() {
            return true;
        }

        @Override
        public int executors() {
            return 1;
        }
    }

    /** Needs no name and no port that others can reach. */
    final class OnThisMachine {

        private OnThisMachine() {}

        static Map<String, String> with(Map<String, String> settings) {
            settings.put("spark.driver.host", "127.0.0.1");
            settings.put("spark.driver.bindAddress", "127.0.0.1");
            settings.put("spark.ui.enabled", "false");
            return settings;
        }
    }
}
