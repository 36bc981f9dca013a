package io.percolate.pipeline.comparison.stages;

import io.percolate.files.CancelledException;
import io.percolate.files.LockFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps a comparison for one stage at a time. */
public final class StageLock {

    private static final int PATIENCE_MILLISECONDS = 90_000;
    private static final int PAUSE_MILLISECONDS = 100;

    private StageLock() {}

    /**
     * Does {@code work} with the comparison in {@code folder} for itself.
     *
     * @throws IllegalArgumentException if another process is at work there
     */
    public static void holding(Path folder, Runnable work) {
        LockFile lock = claim(folder);
        try {
            work.run();
        } finally {
            lock.close();
        }
    }

    private static LockFile claim(Path folder) {
        return LockFile.claim(
                file(folder),
                owner -> new IllegalArgumentException("another comparison is at work in " + folder + " (" + owner
                        + "): wait for it, or give another folder"));
    }

    /**
     * Waits for the stage of a comparison that was killed, which saves before it ends.
     *
     * @throws IllegalArgumentException if it does not end
     */
    public static void await(Path folder) {
        long begin = System.nanoTime();
        while (isHeld(folder)) {
            if (System.nanoTime() - begin > PATIENCE_MILLISECONDS * 1e6) {
                claim(folder).close();
            }
            pause();
        }
    }

    private static boolean isHeld(Path folder) {
        if (!Files.exists(file(folder))) {
            return false;
        }
        try {
            claim(folder).close();
            return false;
        } catch (IllegalArgumentException held) {
            return true;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            CancelledException.ifInterrupted("the comparison");
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("stage.lock");
    }
}
