package io.percolate.nn.adapters;

/**
 * The size of a low-rank update.
 *
 * @param rank R, columns of the one factor and rows of the other
 * @param alpha what the update is multiplied by, after it was divided by the rank
 * @param dropout share of a layer's inputs that its update does not see in training
 */
public record LowRankConfig(int rank, double alpha, double dropout) {

    public LowRankConfig {
        if (rank < 1) {
            throw new IllegalArgumentException("rank " + rank + ": an update has rank 1 or more, such as 16");
        }
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new IllegalArgumentException("alpha " + alpha + ": give a number above 0, such as the rank");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout " + dropout + " is not a share from 0 to 1");
        }
    }

    /** alpha / R. */
    double scale() {
        return alpha / rank;
    }
}
