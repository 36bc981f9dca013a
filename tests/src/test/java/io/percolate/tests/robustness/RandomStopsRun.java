package io.percolate.tests.robustness;

import io.percolate.tests.LiveMemory;
import io.percolate.tests.TestFolders;
import java.time.Duration;

/** Stops threads at random for as long as told, and prints how requests ended and what is left. */
public final class RandomStopsRun {

    private static final int THREADS = 8;

    private RandomStopsRun() {}

    /** Arguments: seconds and the seed. */
    public static void main(String[] arguments) throws InterruptedException {
        int seconds = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        stop(Math.max(1, seconds / 10), seed);
        LiveMemory before = LiveMemory.now();
        RandomStops stops = stop(seconds, seed + THREADS);
        System.out.println("requests " + stops.endings() + ", faults " + stops.faults());
        System.out.println("before " + before + "\nafter " + LiveMemory.now());
        System.exit(stops.faults().isEmpty() ? 0 : 1);
    }

    private static RandomStops stop(int seconds, long seed) throws InterruptedException {
        RandomStops stops = new RandomStops(TestFolders.DATA.resolve("sd1-tiny"));
        stops.run(THREADS, Duration.ofSeconds(seconds), seed);
        return stops;
    }
}
