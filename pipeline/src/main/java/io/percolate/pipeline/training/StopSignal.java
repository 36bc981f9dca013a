package io.percolate.pipeline.training;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a training end well when the process is asked to end: Ctrl-C and SIGTERM wait until the step under way is
 * done and a checkpoint is written, but not longer than a minute.
 */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::raise, "training-stop");
    private volatile boolean raised;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the training should stop. */
    boolean raised() {
        return raised;
    }

    /** Asks the training to stop, and waits until it has. */
    void raise() {
        raised = true;
        try {
            finished.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the training has stopped. */
    @Override
    public void close() {
        finished.countDown();
        if (!raised) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
