package io.percolate.cluster.session;

import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.SparkSession;

/**
 * An open connection to a cluster whose executors compute one task at a time. Jobs begin when all executors are there; a
 * task goes to the executor that keeps what it needs if that is free, and else to a free one. A task that is slow is not started a second
 * time elsewhere; one whose executor dies is. Closing it ends the executors.
 */
public final class ClusterSession implements AutoCloseable {

    private static final Map<String, String> USUAL = Map.of(
            "spark.speculation", "false",
            "spark.locality.wait", "0",
            "spark.scheduler.minRegisteredResourcesRatio", "1",
            "spark.executor.defaultJavaOptions", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true",
            "spark.executorEnv.DJL_OFFLINE", "true",
            "spark.executorEnv.OPT_OUT_TRACKING", "true",
            "spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE",
            "spark.executorEnv.MALLOC_ARENA_MAX", "1");

    private final SparkSession spark;
    private final int executors;

    private ClusterSession(SparkSession spark, int executors) {
        this.spark = spark;
        this.executors = executors;
    }

    static ClusterSession open(String name, Master master, Map<String, String> settings) {
        SparkConf conf = new SparkConf().setMaster(master.url()).setAppName("percolate " + name);
        USUAL.forEach(conf::set);
        settings.forEach(conf::set);
        return new ClusterSession(SparkSession.builder().config(conf).getOrCreate(), master.executors());
    }

    /** Spark's own session, for tables. */
    public SparkSession spark() {
        return spark;
    }

    /** Spark's own context, for broadcasts and accumulators. */
    public JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    /** Executors that the master's URL names, 1 if it names none. */
    public int executors() {
        return executors;
    }

    /**
     * Runs {@code task} on each of {@code items}, one Spark task each, with a bar on stderr, and returns the results in
     * their order. Items, task and results are serializable.
     *
     * @throws TaskException if a task fails again and again
     */
    public <T, R> List<R> each(String name, List<T> items, Function<T, R> task) {
        if (items.isEmpty()) {
            return List.of();
        }
        TaskBar bar = new TaskBar(name, items.size());
        spark.sparkContext().addSparkListener(bar);
        try {
            return tasks(items).map(task).collect();
        } catch (Exception failed) {
            throw TaskException.of(failed);
        } finally {
            spark.sparkContext().removeSparkListener(bar);
            bar.close();
        }
    }

    /** One task for each of {@code items}, which are serializable. */
    public <T> JavaRDD<T> tasks(List<T> items) {
        return context().parallelize(items, Math.max(1, items.size()));
    }

    @Override
    public void close() {
        spark.stop();
    }
}
