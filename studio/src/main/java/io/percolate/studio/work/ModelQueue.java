package io.percolate.studio.work;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one model, first come first served, and the thread that runs them. */
final class ModelQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ModelQueue.class);

    private final JobRunner runner;
    private final QueueSize size;
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Thread worker;
    private List<Job> running = List.of();
    private boolean stopped;

    ModelQueue(String name, JobRunner runner, QueueSize size) {
        this.runner = runner;
        this.size = size;
        worker = new Thread(this::work, "percolate-" + name);
        worker.setDaemon(true);
        worker.start();
    }

    synchronized void add(Job job) {
        if (stopped) {
            throw new StoppedException();
        }
        waiting.removeIf(Job::isCancelled);
        if (waiting.size() >= size.waiting()) {
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

    synchronized List<Job> running() {
        return running;
    }

    /** Refuses what waits, lets what runs finish within {@code grace}, then cancels it. */
    void stop(Duration grace) throws InterruptedException {
        refuseAll();
        worker.join(Math.max(1, grace.toMillis()));
        running().forEach(Job::cancel);
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
            for (List<Job> jobs = next(); !jobs.isEmpty(); jobs = next()) {
                runner.run(jobs);
            }
        } catch (InterruptedException e) {
            LOG.warn("a worker was interrupted", e);
        }
    }

    private synchronized List<Job> next() throws InterruptedException {
        running = List.of();
        while (waiting.isEmpty() && !stopped) {
            wait();
        }
        running = size.takeFrom(waiting);
        return running;
    }
}
