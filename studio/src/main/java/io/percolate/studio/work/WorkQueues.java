package io.percolate.studio.work;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The queues of all models; the way in for work. Thread-safe. */
public final class WorkQueues {

    private final Catalogue catalogue;
    private final LoadedModels models;
    private final QueueSize size;
    private final WorkStatistics statistics = new WorkStatistics();
    private final Map<String, ModelQueue> queues = new LinkedHashMap<>();
    private boolean stopped;

    /** Queues, each of {@code size}. */
    public WorkQueues(Catalogue catalogue, LoadedModels models, QueueSize size) {
        this.catalogue = catalogue;
        this.models = models;
        this.size = size;
    }

    /**
     * Runs {@code work} when its turn comes, and tells {@code listener}, on this thread, until it ends.
     *
     * @throws QueueFullException if too many wait
     * @throws StoppedException if the server stops before it begins
     * @throws io.percolate.files.CancelledException if it was cancelled
     */
    public void run(ModelChoice choice, Work work, JobListener listener) {
        ModelQueue queue = queue(catalogue.checked(choice).name());
        Job job = new Job(choice, work);
        enter(queue, job);
        Optional<Throwable> failure = job.follow(listener, queue::position);
        failure.ifPresent(WorkQueues::rethrow);
    }

    private void enter(ModelQueue queue, Job job) {
        try {
            queue.add(job);
        } catch (QueueFullException full) {
            statistics.refused();
            throw full;
        }
    }

    /** Counts since the start. */
    public WorkStatistics statistics() {
        return statistics;
    }

    /** How many jobs wait, by the name of the model. */
    public synchronized Map<String, Integer> waiting() {
        Map<String, Integer> waiting = new TreeMap<>();
        queues.forEach((name, queue) -> waiting.put(name, queue.waiting()));
        return waiting;
    }

    /** How many jobs one model lets wait. */
    public int capacity() {
        return size.waiting();
    }

    /** The jobs that are running. */
    public synchronized List<Job> running() {
        return queues.values().stream()
                .flatMap(queue -> queue.running().stream())
                .toList();
    }

    /** Lets nothing more begin, waits {@code grace} for what is running, cancels it then, and closes the models. */
    public void stop(Duration grace) throws InterruptedException {
        for (ModelQueue queue : stopped()) {
            queue.stop(grace);
        }
        models.close();
    }

    private synchronized List<ModelQueue> stopped() {
        stopped = true;
        return List.copyOf(queues.values());
    }

    private synchronized ModelQueue queue(String name) {
        if (stopped) {
            throw new StoppedException();
        }
        return queues.computeIfAbsent(name, key -> new ModelQueue(key, new JobRunner(models, statistics), size));
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
