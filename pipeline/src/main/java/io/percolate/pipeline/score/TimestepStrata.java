package io.percolate.pipeline.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The timesteps at which a bound is measured, each standing for all of its stratum: single ones at low noise, where the
 * terms are large, and wider strata the more noise there is. One timestep of each is taken at random, which leaves the
 * expected sum what it is.
 */
final class TimestepStrata {

    private static final long SEED = 11;

    /**
     * Timesteps that one stands for.
     *
     * @param timestep the one that is measured
     * @param width how many it stands for
     */
    record Stratum(int timestep, int width) {}

    private TimestepStrata() {}

    /** About {@code count} strata of {@code steps} timesteps, from low to high noise; {@code steps} gives every one. */
    static List<Stratum> of(int steps, int count) {
        Random random = new Random(SEED);
        List<Stratum> strata = new ArrayList<>();
        int taken = Math.min(count, steps);
        int start = 0;
        for (int i = 1; i <= taken; i++) {
            int least = start + 1;
            int most = steps - (taken - i);
            long even = Math.round(Math.pow(steps, (i - 1.0) / Math.max(1, taken - 1)));
            int end = i == taken ? most : (int) Math.max(least, Math.min(most, even));
            strata.add(new Stratum(start + random.nextInt(end - start), end - start));
            start = end;
        }
        return strata;
    }
}
