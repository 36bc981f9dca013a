package io.percolate.pipeline.training.session;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a training end well when the process is asked to end: Ctrl-C and SIGTERM wait until the step under way is
 * done and a checkpoint is written, but not longer than a minute.
 */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::exit, "training-stop");
    private volatile boolean raised;
    private volatile boolean exiting;

    StopSignal() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the training should stop. */
    boolean raised() {
        return raised;
    }

    /** Asks the training to stop. */
    void raise() {
        raised = true;
    }

    /** Asks the training to stop, and waits until it has. */
    private void exit() {
        exiting = true;
        raise();
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
        if (!exiting) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
