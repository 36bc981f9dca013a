package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;

/** Spherical interpolation (Shoemake 1985): between two samples of noise it gives what is as likely as they are. */
public final class Slerp {

    /** Below this angle the straight line is the same. */
    private static final double SMALLEST_ANGLE = 1e-6;

    private Slerp() {}

    /**
     * {@code weight} of the way from {@code a} to {@code b}, both (B,...), for each image by itself.
     *
     * @param weight 0 gives a, 1 gives b
     */
    public static NDArray between(NDArray a, NDArray b, double weight) {
        double[] products = Rows.dot(a, b);
        double[] squaresA = Rows.dot(a, a);
        double[] squaresB = Rows.dot(b, b);
        double[] ofA = new double[products.length];
        double[] ofB = new double[products.length];
        for (int i = 0; i < products.length; i++) {
            double angle = angle(products[i] / Math.sqrt(squaresA[i] * squaresB[i]));
            ofA[i] = share(1 - weight, angle);
            ofB[i] = share(weight, angle);
        }
        return Scope.keep(
                () -> Rows.column(ofA, a).mul(a).add(Rows.column(ofB, b).mul(b)));
    }

    private static double angle(double cosine) {
        return Math.acos(Math.max(-1, Math.min(1, cosine)));
    }

    private static double share(double weight, double angle) {
        return angle < SMALLEST_ANGLE ? weight : Math.sin(weight * angle) / Math.sin(angle);
    }
}
