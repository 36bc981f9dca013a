package io.percolate.tests.robustness;

import io.percolate.files.CancelledException;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.model.LoadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that generate with one pipeline, while their work is cancelled, interrupted, or the pipeline closed. */
final class RandomStops {

    private static final int STEPS = 3;
    private static final int LONGEST_MILLIS = 60;

    /** How much longer the threads go on until some request has finished and some was cancelled. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String CLOSED = "this pipeline is closed";

    private final Path model;
    private final AtomicReference<Pipeline> pipeline = new AtomicReference<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();

    RandomStops(Path model) {
        this.model = model;
    }

    /** How a request may end. */
    enum Ending {
        FINISHED,
        CANCELLED,
        CLOSED
    }

    /** What is done to a request. */
    private enum Stop {
        NONE,
        CANCEL,
        INTERRUPT,
        CLOSE
    }

    /** Goes on for {@code time}, on a busy machine longer; every thread acts as {@code seed} and its number say, as far as the clock lets it. */
    void run(int threadCount, Duration time, long seed) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        pipeline.set(load(false));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < threadCount; i++) {
            Random random = new Random(seed + i);
            threads.add(new Thread(() -> request(random, end), "request-" + i));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        timer.shutdown();
        timer.awaitTermination(1, TimeUnit.SECONDS);
        pipeline.get().close();
    }

    /** How often requests ended how. */
    Map<Ending, Integer> endings() {
        return endings;
    }

    /** What no request may end with. */
    List<Throwable> faults() {
        return List.copyOf(faults);
    }

    private void request(Random random, long end) {
        while (System.nanoTime() < (isVaried() ? end : end + PATIENCE.toNanos())) {
            try {
                count(ending(random));
            } catch (RuntimeException | Error fault) {
                faults.add(fault);
            }
            Thread.interrupted(); // an interrupt may come when its request is over
        }
    }

    private boolean isVaried() {
        synchronized (endings) {
            return endings.containsKey(Ending.FINISHED) && endings.containsKey(Ending.CANCELLED);
        }
    }

    private Ending ending(Random random) {
        try {
            generate(random);
            return Ending.FINISHED;
        } catch (CancelledException stopped) {
            return Ending.CANCELLED;
        } catch (IllegalStateException refused) {
            if (!String.valueOf(refused.getMessage()).contains(CLOSED)) {
                throw refused;
            }
            return Ending.CLOSED;
        }
    }

    private void generate(Random random) {
        Stop stop = Stop.values()[random.nextInt(Stop.values().length)];
        int last = random.nextInt(STEPS);
        if (stop == Stop.INTERRUPT) {
            Thread thread = Thread.currentThread();
            timer.schedule(thread::interrupt, random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
        } else if (stop == Stop.CLOSE) {
            pipeline.getAndSet(load(random.nextBoolean())).close();
        }
        GenerationRequest request = GenerationRequest.of("a red apple")
                .size(32, 32)
                .steps(STEPS)
                .seed(random.nextInt())
                .build();
        pipeline.get().generate(request, stop == Stop.CANCEL ? cancelling(last) : GenerationListener.NONE);
    }

    private Pipeline load(boolean offload) {
        return Pipeline.load(model, offload ? LoadOptions.DEFAULT.withOffload() : LoadOptions.DEFAULT);
    }

    private static GenerationListener cancelling(int after) {
        return new GenerationListener() {
            private int steps;

            @Override
            public void stepped(Progress progress) {
                if (steps++ == after) {
                    progress.cancel();
                }
            }
        };
    }

    private void count(Ending ending) {
        synchronized (endings) {
            endings.merge(ending, 1, Integer::sum);
        }
    }
}
