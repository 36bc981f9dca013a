package io.percolate.pipeline.training.parallel;

import io.percolate.pipeline.data.Position;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The contributions of some workers, added up in double precision. One contribution by itself stays as it was sent, and
 * travels like that; several travel as their sum.
 */
public final class RoundSum implements Serializable {

    private static final long serialVersionUID = 1;

    private @Nullable Contribution only;
    private double[] values = {};
    private double loss;
    private int count;
    private Position next = Position.START;

    /** Adds one; returns this. */
    public RoundSum add(Contribution contribution) {
        if (count == 0) {
            only = contribution;
        } else {
            spread();
            addTo(values, contribution.change());
        }
        loss += contribution.loss();
        next = contribution.next();
        count++;
        return this;
    }

    /** Adds those of {@code other}, which is used up; returns the sum. */
    public RoundSum merge(RoundSum other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        spread();
        other.spread();
        for (int i = 0; i < values.length; i++) {
            values[i] += other.values[i];
        }
        loss += other.loss;
        count += other.count;
        return this;
    }

    private void spread() {
        if (only != null) {
            values = new double[only.change().size()];
            addTo(values, only.change());
            only = null;
        }
    }

    private static void addTo(double[] values, WireVector change) {
        for (int i = 0; i < values.length; i++) {
            values[i] += change.at(i);
        }
    }

    /** The sum of the changes (N), divided by {@code divisor}. */
    float[] change(int divisor) {
        spread();
        float[] change = new float[values.length];
        for (int i = 0; i < change.length; i++) {
            change[i] = (float) (values[i] / divisor);
        }
        return change;
    }

    /** The sum of the losses. */
    double loss() {
        return loss;
    }

    /** How many workers have contributed. */
    public int count() {
        return count;
    }

    /** The place in the data after the round. */
    Position next() {
        return next;
    }
}
