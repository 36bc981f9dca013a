package io.percolate.weights.tensors;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Work on threads that nobody interrupts, while the caller waits whatever happens. For channels: one whose reader is
 * interrupted is closed, for every other reader, too.
 */
final class Uninterrupted {

    private static final Executor THREADS = Executors.newCachedThreadPool(Uninterrupted::daemon);

    private Uninterrupted() {}

    /** What {@code body} returns or throws. */
    static <T> T call(Supplier<T> body) {
        try {
            return CompletableFuture.supplyAsync(body, THREADS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    private static Thread daemon(Runnable body) {
        Thread thread = new Thread(body, "percolate-files");
        thread.setDaemon(true);
        return thread;
    }
}
