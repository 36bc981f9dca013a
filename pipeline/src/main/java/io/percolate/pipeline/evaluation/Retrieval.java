package io.percolate.pipeline.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How well images can be found by what was generated from their captions.
 *
 * @param queries number of captions
 * @param candidates number of images ranked for each
 * @param recallAt1 share of the captions whose own image is the nearest
 * @param recallAt5 share of the captions whose own image is among the five nearest
 * @param medianRank of the own image, 1 being the nearest
 */
public record Retrieval(int queries, int candidates, double recallAt1, double recallAt5, double medianRank)
        implements Measurement {

    /**
     * Summarises ranks.
     *
     * @param ranks of each caption's own image, 1 being the nearest
     */
    public static Retrieval of(List<Integer> ranks, int candidates) {
        int[] sorted = ranks.stream().mapToInt(Integer::intValue).sorted().toArray();
        int n = sorted.length;
        double median = n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
        return new Retrieval(n, candidates, share(sorted, 1), share(sorted, 5), median);
    }

    /** What {@link #recallAt5} is if images are ranked at random, 1 at the most. */
    public double chanceAt5() {
        return Math.min(1, 5.0 / candidates);
    }

    @Override
    public String summary() {
        return String.format(
                Locale.ROOT,
                "R@1 %.1f %%, R@5 %.1f %%, median rank %.1f of %d (%d captions)",
                100 * recallAt1,
                100 * recallAt5,
                medianRank,
                candidates,
                queries);
    }

    private static double share(int[] ranks, int best) {
        return Arrays.stream(ranks).filter(rank -> rank <= best).count() / (double) ranks.length;
    }
}
