package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import java.io.Serializable;
import java.util.Arrays;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * Number, mean and covariance of the features of some images, of which parts merge to the whole (Chan et al. 1979): all
 * that a Frechet distance needs.
 */
public final class FeatureStatistics implements Serializable {

    private static final long serialVersionUID = 1;

    private final long count;
    private final double[] mean;
    private final double[] products;

    private FeatureStatistics(long count, double[] mean, double[] products) {
        this.count = count;
        this.mean = mean;
        this.products = products;
    }

    /** Of no images. */
    public static FeatureStatistics none() {
        return new FeatureStatistics(0, new double[0], new double[0]);
    }

    /** Of features float64 (N,D). */
    public static FeatureStatistics of(NDArray features) {
        return Gradients.off(() -> Scope.call(() -> {
            NDArray mean = features.mean(new int[] {0}, true);
            NDArray centred = features.sub(mean);
            return new FeatureStatistics(
                    features.getShape().get(0),
                    mean.toDoubleArray(),
                    centred.transpose().matMul(centred).toDoubleArray());
        }));
    }

    /** Those of both parts together. */
    public FeatureStatistics merge(FeatureStatistics other) {
        if (count == 0 || other.count == 0) {
            return count == 0 ? other : this;
        }
        double[] difference = new double[mean.length];
        Arrays.setAll(difference, i -> other.mean[i] - mean[i]);
        double share = (double) other.count / (count + other.count);
        double[] means = new double[mean.length];
        Arrays.setAll(means, i -> mean[i] + difference[i] * share);
        double[] sums = new double[products.length];
        Arrays.setAll(
                sums,
                i -> products[i]
                        + other.products[i]
                        + difference[i / mean.length] * difference[i % mean.length] * count * share);
        return new FeatureStatistics(count + other.count, means, sums);
    }

    /** How many images. */
    public long count() {
        return count;
    }

    /** How many features of each; 0 if there are no images. */
    public long features() {
        return mean.length;
    }

    double squaredDistance(FeatureStatistics other) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
            sum += (mean[i] - other.mean[i]) * (mean[i] - other.mean[i]);
        }
        return sum;
    }

    RealMatrix covariance() {
        int side = mean.length;
        RealMatrix matrix = MatrixUtils.createRealMatrix(side, side);
        for (int row = 0; row < side; row++) {
            matrix.setRow(row, Arrays.copyOfRange(products, row * side, (row + 1) * side));
        }
        return FrechetDistance.symmetric(matrix.scalarMultiply(1.0 / (count - 1)));
    }
}
