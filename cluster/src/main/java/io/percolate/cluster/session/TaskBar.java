package io.percolate.cluster.session;

import io.percolate.command.progress.Bar;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** A progress bar over the tasks of a job, which counts those that have succeeded. */
final class TaskBar extends SparkListener implements AutoCloseable {

    private static final int UPDATE_MILLISECONDS = 1000;

    private final Bar bar;
    private final int count;
    private int finished;

    TaskBar(String name, int count) {
        bar = new Bar(name, UPDATE_MILLISECONDS);
        this.count = count;
    }

    /** Called by Spark, on a thread of its own. */
    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
        if (task.taskInfo().successful()) {
            finished = Math.min(finished + 1, count);
            bar.at((double) finished / count, "%,d of %,d tasks".formatted(finished, count));
        }
    }

    @Override
    public synchronized void close() {
        bar.close();
    }
}
