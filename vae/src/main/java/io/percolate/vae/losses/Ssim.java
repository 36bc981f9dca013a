package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Structural similarity (Wang et al. 2004, eq. 13) with the paper's constants: a Gaussian window of 11 pixels
 * and standard deviation 1.5, K1 = 0.01, K2 = 0.03. Only windows that lie in the image whole are counted.
 */
public final class Ssim {

    static final int WINDOW = 11;
    private static final double SIGMA = 1.5;
    private static final double RANGE = 2;
    private static final double C1 = Math.pow(0.01 * RANGE, 2);
    private static final double C2 = Math.pow(0.03 * RANGE, 2);

    private Ssim() {}

    /**
     * Similarity of every image (B,C,H,W) in [-1,1] to its counterpart: (B), differentiable. The measure is made
     * for intensities, which begin at 0, so both are shifted to [0,2] first.
     */
    public static NDArray of(NDArray image, NDArray original) {
        requireWindow(image.getShape());
        return Scope.keep(() -> {
            NDArray x = Aten.affine(image, 1, 1);
            NDArray y = Aten.affine(original, 1, 1);
            NDArray meanX = blur(x);
            NDArray meanY = blur(y);
            NDArray means = meanX.mul(meanY);
            NDArray meanSquares = meanX.square().add(meanY.square());
            NDArray covariance = blur(x.mul(y)).sub(means);
            NDArray variances = blur(x.square().add(y.square())).sub(meanSquares);
            NDArray above = Aten.affine(means, 2, C1).mul(Aten.affine(covariance, 2, C2));
            NDArray below = Aten.affine(meanSquares, 1, C1).mul(Aten.affine(variances, 1, C2));
            return perImage(above.div(below));
        });
    }

    private static NDArray perImage(NDArray map) {
        Shape shape = map.getShape();
        return map.reshape(shape.get(0), shape.size() / shape.get(0)).mean(new int[] {1});
    }

    /**
     * Gaussian average around every pixel, each channel for itself: (B,C,H,W) to (B,C,H-10,W-10). Two products with
     * band matrices; a convolution of single channels takes many times as long.
     */
    static NDArray blur(NDArray x) {
        NDArray down = band(x, x.getShape().get(2));
        NDArray across = band(x, x.getShape().get(3));
        return down.matMul(x).matMul(across.transpose());
    }

    /** The matrix (length-10, length) that averages around every place of a line. */
    private static NDArray band(NDArray x, long length) {
        int rows = (int) length - WINDOW + 1;
        double[] window = window();
        double[] band = new double[rows * (int) length];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(window, 0, band, row * (int) length + row, WINDOW);
        }
        return Aten.like(TorchArray.of(x.getManager(), band, new Shape(rows, length)), x);
    }

    private static double[] window() {
        double[] bell = IntStream.range(0, WINDOW)
                .mapToDouble(i -> Math.exp(-Math.pow((i - WINDOW / 2) / SIGMA, 2) / 2))
                .toArray();
        double sum = DoubleStream.of(bell).sum();
        return DoubleStream.of(bell).map(weight -> weight / sum).toArray();
    }

    static void requireWindow(Shape shape) {
        if (Math.min(shape.get(2), shape.get(3)) < WINDOW) {
            throw new IllegalArgumentException(
                    "this measure looks at windows of 11x11 pixels, but the images are " + shape);
        }
    }
}
