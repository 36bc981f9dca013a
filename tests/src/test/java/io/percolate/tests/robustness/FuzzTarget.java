package io.percolate.tests.robustness;

import com.sun.management.ThreadMXBean;
import io.percolate.files.BadFileException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A format of files and its reader.
 *
 * @param format what it is called
 * @param seeds sound files, damaged in turn
 * @param reader reads everything in a file
 */
record FuzzTarget(String format, List<FuzzSeed> seeds, Consumer<Path> reader) {

    /** The longest time for an answer, in seconds of the processor: what other programs take does not count. */
    private static final int LIMIT_SECONDS = 5;

    /** When an answer is not waited for any longer. */
    private static final int PATIENCE_SECONDS = 20 * LIMIT_SECONDS;

    /** The most that an answer may allocate on the Java heap. */
    static final long LIMIT_BYTES = 512L << 20;

    private static final long STEP = 1_000_003;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads the sound files, as far as they are meant to be read. */
    private void readSound() {
        seeds.stream().filter(FuzzSeed::sound).forEach(file -> {
            file.restore();
            reader.accept(file.file());
        });
    }

    /** Reads damaged files one after the other; mutation i depends on {@code seed} and i alone. */
    FuzzOutcome run(long seed, int first, int count) throws InterruptedException {
        readSound();
        FuzzOutcome outcome = new FuzzOutcome(format);
        ExecutorService reading = Executors.newSingleThreadExecutor(FuzzTarget::daemon);
        boolean answered = true;
        for (int i = first; answered && i < first + count; i++) {
            FuzzSeed file = seeds.get(i % seeds.size());
            int mutation = i;
            file.damage(new SplittableRandom(seed * STEP + i));
            answered = isInTime(reading, () -> read(file.file(), mutation, outcome), mutation, outcome);
            file.restore();
        }
        reading.shutdown();
        return outcome;
    }

    private static boolean isInTime(ExecutorService reading, Runnable task, int mutation, FuzzOutcome outcome)
            throws InterruptedException {
        try {
            reading.submit(task).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException slow) {
            outcome.fault(mutation, "no answer within " + PATIENCE_SECONDS + " s; the rest is left out");
            return false;
        } catch (ExecutionException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private void read(Path file, int mutation, FuzzOutcome outcome) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long start = THREADS.getCurrentThreadCpuTime();
        answer(file, mutation, outcome);
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
        outcome.took(millis, bytes);
        if (millis > 1000 * LIMIT_SECONDS) {
            outcome.fault(mutation, "took " + millis + " ms");
        }
        if (bytes > LIMIT_BYTES) {
            outcome.fault(mutation, "took " + (bytes >> 20) + " MB");
        }
    }

    private void answer(Path file, int mutation, FuzzOutcome outcome) {
        try {
            reader.accept(file);
            outcome.read();
        } catch (BadFileException documented) {
            outcome.refused();
            if (!isClear(documented.getMessage(), file)) {
                outcome.fault(mutation, "does not name the file in one line: " + documented.getMessage());
            }
        } catch (RuntimeException | Error undocumented) {
            outcome.fault(mutation, trace(undocumented));
        }
    }

    /** Where two files of a folder do not fit each other, the folder is named. */
    private static boolean isClear(String message, Path file) {
        boolean named = message.contains(file.getFileName().toString())
                || message.startsWith(file.getParent().toString());
        return named && !message.contains("\n");
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString().lines().limit(12).reduce((a, b) -> a + "\n" + b).orElse("");
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        return thread;
    }
}
