package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.Aten;
import io.percolate.nn.Scope;

/**
 * Structural similarity (Wang et al. 2004, eq. 13) with the paper's constants: a Gaussian window of 11 pixels
 * and standard deviation 1.5, K1 = 0.01, K2 = 0.03. Only windows that lie in the image whole are counted.
 */
final class Ssim {

    static final int WINDOW = 11;
    private static final double SIGMA = 1.5;
    private static final double K1 = 0.01;
    private static final double K2 = 0.03;

    private Ssim() {}

    /** Similarity of every image (B,C,H,W) to its counterpart, whose values span {@code range}: (B), differentiable. */
    static NDArray of(NDArray x, NDArray y, double range) {
        requireWindow(x.getShape());
        double c1 = Math.pow(K1 * range, 2);
        double c2 = Math.pow(K2 * range, 2);
        return Scope.keep(() -> {
            NDArray meanX = blur(x);
            NDArray meanY = blur(y);
            NDArray means = meanX.mul(meanY);
            NDArray meanSquares = meanX.square().add(meanY.square());
            NDArray covariance = blur(x.mul(y)).sub(means);
            NDArray variances = blur(x.square().add(y.square())).sub(meanSquares);
            NDArray above = means.mul(2).add(c1).mul(covariance.mul(2).add(c2));
            NDArray below = meanSquares.add(c1).mul(variances.add(c2));
            return perImage(above.div(below));
        });
    }

    private static NDArray perImage(NDArray map) {
        Shape shape = map.getShape();
        return map.reshape(shape.get(0), shape.size() / shape.get(0)).mean(new int[] {1});
    }

    /** Gaussian average around every pixel, each channel for itself: (B,C,H,W) to (B,C,H-10,W-10). */
    private static NDArray blur(NDArray x) {
        Shape shape = x.getShape();
        NDArray planes = x.reshape(shape.get(0) * shape.get(1), 1, shape.get(2), shape.get(3));
        NDArray window = x.getManager().create(window());
        NDArray bias = x.getManager().zeros(new Shape(1));
        NDArray rows = Aten.conv2d(planes, window.reshape(1, 1, 1, WINDOW), bias, 1, 0);
        NDArray blurred = Aten.conv2d(rows, window.reshape(1, 1, WINDOW, 1), bias, 1, 0);
        return blurred.reshape(shape.get(0), shape.get(1), shape.get(2) - WINDOW + 1, shape.get(3) - WINDOW + 1);
    }

    private static float[] window() {
        double[] weights = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            weights[i] = Math.exp(-Math.pow((i - WINDOW / 2) / SIGMA, 2) / 2);
            sum += weights[i];
        }
        float[] window = new float[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = (float) (weights[i] / sum);
        }
        return window;
    }

    private static void requireWindow(Shape shape) {
        if (Math.min(shape.get(2), shape.get(3)) < WINDOW) {
            throw new IllegalArgumentException(
                    "structural similarity looks at windows of 11x11 pixels, but the images are " + shape);
        }
    }
}
