package io.percolate.files;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Runs file access on threads of its own. Java closes a file channel when a thread that reads from it is interrupted,
 * and then no thread can read from it any more; these threads are never interrupted.
 */
public final class Uninterrupted {

    private static final Executor THREADS = Executors.newCachedThreadPool(Uninterrupted::daemon);

    private Uninterrupted() {}

    /** Waits for {@code body}, even if the caller is interrupted, and returns or throws what it does. */
    public static <T> T call(Supplier<T> body) {
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
