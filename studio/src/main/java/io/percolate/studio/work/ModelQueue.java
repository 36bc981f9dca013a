package io.percolate.studio.work;

import io.percolate.files.CancelledException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one model, first come first served, and the thread that runs them one after the other. */
final class ModelQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ModelQueue.class);

    private final LoadedModels models;
    private final WorkStatistics statistics;
    private final int capacity;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Thread worker;
    private @Nullable Job running;
    private boolean stopped;

    ModelQueue(String name, LoadedModels models, WorkStatistics statistics, int capacity) {
        this.models = models;
        this.statistics = statistics;
        this.capacity = capacity;
        worker = new Thread(this::work, "percolate-" + name);
        worker.setDaemon(true);
        worker.start();
    }

    synchronized void add(Job job) {
        if (stopped) {
            throw new StoppedException();
        }
        waiting.removeIf(Job::isCancelled);
        if (waiting.size() >= capacity) {
            statistics.refused();
            throw new QueueFullException(waiting.size());
        }
        waiting.add(job);
        notifyAll();
    }

    /** 0 for the job that runs or has ended, 1 for the next. */
    synchronized int position(Job job) {
        int ahead = 0;
        for (Job other : waiting) {
            ahead++;
            if (other == job) {
                return ahead;
            }
        }
        return 0;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized Optional<Job> running() {
        return Optional.ofNullable(running);
    }

    /** Refuses what waits, lets what runs finish within {@code grace}, then cancels it. */
    void stop(Duration grace) throws InterruptedException {
        refuseAll();
        worker.join(Math.max(1, grace.toMillis()));
        running().ifPresent(Job::cancel);
        worker.join();
    }

    private synchronized void refuseAll() {
        stopped = true;
        List.copyOf(waiting).forEach(job -> job.ended(Optional.of(new StoppedException())));
        waiting.clear();
        notifyAll();
    }

    private void work() {
        try {
            for (Optional<Job> job = next(); job.isPresent(); job = next()) {
                run(job.get());
            }
        } catch (InterruptedException e) {
            LOG.warn("a worker was interrupted", e);
        }
    }

    private synchronized Optional<Job> next() throws InterruptedException {
        running = null;
        while (waiting.isEmpty() && !stopped) {
            wait();
        }
        running = waiting.poll();
        return Optional.ofNullable(running);
    }

    private void run(Job job) {
        long began = System.nanoTime();
        try {
            job.requireWanted();
            models.use(job.model(), pipeline -> job.work().run(pipeline, job));
            statistics.finished(job.images(), (System.nanoTime() - began) / 1e9);
            job.ended(Optional.empty());
        } catch (CancelledException cancelled) {
            statistics.cancelled();
            job.ended(Optional.of(cancelled));
        } catch (RuntimeException | Error failure) { // whoever follows the job decides what to make of it
            statistics.failed();
            job.ended(Optional.of(failure));
        }
    }
}
