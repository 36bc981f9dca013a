package io.percolate.pipeline.training.session;

import io.percolate.files.AtomicFile;
import io.percolate.files.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a run folder for one training at a time. */
public final class RunLock {

    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);

    private RunLock() {}

    /**
     * Runs {@code body} with {@code folder} for itself. The folder is made if need be, and what a killed training had
     * not finished writing is deleted; a folder that is made here and stays empty is deleted, too.
     *
     * @throws IllegalArgumentException if another training is at work there
     */
    public static <T> T holding(Path folder, Supplier<T> body) {
        boolean fresh = !Files.exists(folder);
        LockFile lock = LockFile.claim(
                folder.resolve("run.lock"),
                owner -> new IllegalArgumentException("another training is at work in " + folder + " (" + owner
                        + "): wait for it, or give another folder"));
        try {
            AtomicFile.removeLeftovers(folder);
            return body.get();
        } finally {
            lock.close();
            if (fresh) {
                deleteEmpty(folder);
            }
        }
    }

    private static void deleteEmpty(Path folder) {
        try {
            String[] left = folder.toFile().list();
            if (left != null && left.length == 0) {
                Files.delete(folder);
            }
        } catch (IOException e) {
            LOG.debug("an empty folder stays: {}", folder, e);
        }
    }
}
