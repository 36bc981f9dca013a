package io.percolate.cluster.session;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The executors that Spark started for this process. */
public final class ExecutorProcesses {

    private ExecutorProcesses() {}

    /** Those that run now. A test starts no other JVMs; of a long command line, the system does not tell more. */
    public static Stream<ProcessHandle> running() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"));
    }

    /** Ends one of them by SIGKILL as soon as {@code due}; the future tells whether one was there. */
    public static CompletableFuture<Boolean> killWhen(BooleanSupplier due) {
        return CompletableFuture.supplyAsync(() -> {
            while (!due.getAsBoolean()) {
                sleep();
            }
            Optional<ProcessHandle> victim = running().findFirst();
            return victim.map(ProcessHandle::destroyForcibly).orElse(false);
        });
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
