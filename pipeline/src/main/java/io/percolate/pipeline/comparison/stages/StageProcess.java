package io.percolate.pipeline.comparison.stages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a process that does one stage and the one that waits for it say to each other: on failure, a message. */
public final class StageProcess {

    private static final Logger LOG = LoggerFactory.getLogger(StageProcess.class);

    /** What tells a program the one stage that it is to do. */
    public static final String OPTION = "--stage";

    private static final int WRONG = 2;
    private static final int FAILED = 1;

    /** What shells call a process that SIGKILL ended. */
    private static final int KILLED = 128 + 9;

    private StageProcess() {}

    /**
     * Does {@code stage}, and ends this process if that which waits for it has ended.
     *
     * @return the exit code
     */
    public static int serve(Runnable stage) {
        Thread watch = new Thread(StageProcess::endWithInput, "stage-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            stage.run();
            return 0;
        } catch (RuntimeException failure) {
            System.out.println(failure.getMessage() == null ? failure : failure.getMessage());
            return failure instanceof IllegalArgumentException ? WRONG : FAILED;
        }
    }

    /** The input is a pipe from the process that waits: nothing comes through it, and it ends with that process. */
    private static void endWithInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            LOG.debug("the process that waits for this one is gone", closed);
        }
        System.exit(FAILED);
    }

    /** Fails as the process did that ended with {@code code}. */
    static void requireSuccess(String stage, int code, InputStream output) {
        if (code != 0) {
            String said = read(output);
            if (code == WRONG && !said.isEmpty()) {
                throw new IllegalArgumentException(said);
            }
            if (said.isEmpty()) {
                System.err.println(); // the bar that it was drawing, on the same stderr, has no end
            }
            throw new StageException(said.isEmpty() ? silent(stage, code) : said);
        }
    }

    private static String silent(String stage, int code) {
        return "the process of the stage '" + stage + "' "
                + (code == KILLED ? "was killed" : "ended with exit code " + code) + ": the same command goes on";
    }

    private static String read(InputStream output) {
        try {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read what a stage said: " + e.getMessage(), e);
        }
    }
}
