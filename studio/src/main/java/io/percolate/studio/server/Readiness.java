package io.percolate.studio.server;

import io.percolate.studio.work.JobListener;
import io.percolate.studio.work.ModelChoice;
import io.percolate.studio.work.WorkQueues;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads the first model while the server already answers, and knows whether that is done. */
final class Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

    private final WorkQueues queues;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean ready;

    Readiness(WorkQueues queues) {
        this.queues = queues;
    }

    boolean isReady() {
        return ready;
    }

    boolean await() throws InterruptedException {
        done.await();
        return ready;
    }

    void begin(String model) {
        Thread loading = new Thread(() -> load(model), "percolate-first-model");
        loading.setDaemon(true);
        loading.start();
    }

    private void load(String model) {
        try {
            queues.run(new ModelChoice(model, List.of()), (pipeline, job) -> {}, new JobListener() {});
            ready = true;
        } catch (RuntimeException | Error failure) { // requests to this model fail alike; others may do
            LOG.warn("the model {} cannot be loaded: {}", model, failure.getMessage());
        } finally {
            done.countDown();
        }
    }
}
