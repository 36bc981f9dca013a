package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import java.util.function.Supplier;

/**
 * How close images are to their originals. All take two batches (B,C,H,W) in [-1,1], clip what lies outside as a
 * written image does, and give one number per image, computed in float64.
 */
public final class ImageMetrics {

    private static final double RANGE = 2;

    private ImageMetrics() {}

    /** Peak signal-to-noise ratio in decibels, over all channels; infinite for equal images. */
    public static double[] psnr(NDArray images, NDArray originals) {
        requireSameShape(images, originals);
        long values = images.getShape().size() / images.getShape().get(0);
        double[] squares =
                numbers(() -> clipped(images).sub(clipped(originals)).square().sum(new int[] {1, 2, 3}));
        for (int i = 0; i < squares.length; i++) {
            squares[i] = 10 * Math.log10(RANGE * RANGE * values / squares[i]);
        }
        return squares;
    }

    /** Structural similarity (Wang et al. 2004, 11x11 Gaussian window), averaged over the channels; 1 for equal images. */
    public static double[] ssim(NDArray images, NDArray originals) {
        requireSameShape(images, originals);
        return numbers(() -> Ssim.of(clipped(images), clipped(originals)));
    }

    private static NDArray clipped(NDArray images) {
        return Aten.clamp(Aten.to(images, Precision.FP32), -1, 1).toType(DataType.FLOAT64, false);
    }

    private static double[] numbers(Supplier<NDArray> perImage) {
        try (NDArray result = Scope.keep(perImage)) {
            return result.toDoubleArray();
        }
    }

    private static void requireSameShape(NDArray images, NDArray originals) {
        if (!images.getShape().equals(originals.getShape())) {
            throw new IllegalArgumentException(
                    "images " + images.getShape() + " cannot be compared with " + originals.getShape());
        }
    }
}
