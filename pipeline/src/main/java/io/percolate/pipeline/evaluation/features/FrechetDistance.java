package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The Frechet distance of two sets of features, each taken for a Gaussian (Heusel et al. 2017, eq. 6): {@code |m1 - m2|^2 +
 * tr(C1 + C2 - 2 (C1 C2)^(1/2))}. The trace of the root is that of the symmetric {@code (C1^(1/2) C2 C1^(1/2))^(1/2)}, the
 * sum of the roots of its eigenvalues.
 *
 * <p>A covariance of D features has no full rank unless there are more than D images, and then the distance tells more of
 * how many there are than of what they show: it is not computed.
 */
public final class FrechetDistance {

    private FrechetDistance() {}

    /** Whether {@code images} in each of the two sets are enough for {@code features} of each. */
    public static boolean isDefined(long images, long features) {
        return images > features;
    }

    /** Why it is not. */
    static String missing(long images, long features) {
        return "no Frechet distance: " + images + " images but " + features + " features, take at least "
                + (features + 1);
    }

    /**
     * The distance between features float64 (N,D) and (M,D).
     *
     * @throws IllegalArgumentException if N or M is D or less
     */
    public static double between(NDArray real, NDArray other) {
        return between(FeatureStatistics.of(real), FeatureStatistics.of(other));
    }

    /**
     * The distance between features of which number, mean and covariance are known.
     *
     * @throws IllegalArgumentException if either are D or less
     */
    public static double between(FeatureStatistics real, FeatureStatistics other) {
        requireEnough(real);
        requireEnough(other);
        RealMatrix c1 = real.covariance();
        RealMatrix c2 = other.covariance();
        return real.squaredDistance(other) + c1.getTrace() + c2.getTrace() - 2 * traceOfRoot(c1, c2);
    }

    private static double traceOfRoot(RealMatrix c1, RealMatrix c2) {
        RealMatrix root = root(c1);
        return Arrays.stream(new EigenDecompositionSymmetric(
                                symmetric(root.multiply(c2).multiply(root)))
                        .getEigenvalues())
                .map(FrechetDistance::root)
                .sum();
    }

    private static RealMatrix root(RealMatrix symmetric) {
        EigenDecompositionSymmetric parts = new EigenDecompositionSymmetric(symmetric);
        RealMatrix scaled = parts.getV().copy();
        double[] roots =
                Arrays.stream(parts.getEigenvalues()).map(FrechetDistance::root).toArray();
        return symmetric(
                scaled.multiply(MatrixUtils.createRealDiagonalMatrix(roots)).multiply(parts.getVT()));
    }

    /** Rounding makes the smallest eigenvalues of a covariance negative. */
    private static double root(double eigenvalue) {
        return Math.sqrt(Math.max(0, eigenvalue));
    }

    /** Without what rounding left of a difference between the two halves. */
    static RealMatrix symmetric(RealMatrix almost) {
        return almost.add(almost.transpose()).scalarMultiply(0.5);
    }

    private static void requireEnough(FeatureStatistics features) {
        if (!isDefined(features.count(), features.features())) {
            throw new IllegalArgumentException(missing(features.count(), features.features()));
        }
    }
}
