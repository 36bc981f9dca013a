package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
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
        requireEnough(real.getShape());
        requireEnough(other.getShape());
        return Gradients.off(() -> Scope.call(() -> {
            double means = mean(real).sub(mean(other)).square().sum().getDouble();
            RealMatrix c1 = covariance(real);
            RealMatrix c2 = covariance(other);
            return means + c1.getTrace() + c2.getTrace() - 2 * traceOfRoot(c1, c2);
        }));
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

    private static RealMatrix symmetric(RealMatrix almost) {
        return almost.add(almost.transpose()).scalarMultiply(0.5);
    }

    private static NDArray mean(NDArray features) {
        return features.mean(new int[] {0}, true);
    }

    private static RealMatrix covariance(NDArray features) {
        NDArray centred = features.sub(mean(features));
        int side = (int) features.getShape().get(1);
        NDArray sums = centred.transpose().matMul(centred);
        double[] flat = Aten.scale(sums, 1.0 / (features.getShape().get(0) - 1)).toDoubleArray();
        RealMatrix matrix = MatrixUtils.createRealMatrix(side, side);
        for (int row = 0; row < side; row++) {
            matrix.setRow(row, Arrays.copyOfRange(flat, row * side, (row + 1) * side));
        }
        return symmetric(matrix);
    }

    private static void requireEnough(Shape features) {
        if (!isDefined(features.get(0), features.get(1))) {
            throw new IllegalArgumentException(missing(features.get(0), features.get(1)));
        }
    }
}
