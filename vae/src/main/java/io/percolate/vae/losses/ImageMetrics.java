package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;

/**
 * How close images are to their originals. All take two batches (B,C,H,W) in [-1,1], clip what lies outside as a
 * written image does, and give one number per image, computed in float64.
 */
public final class ImageMetrics {

    /** Side in pixels of the smallest image that {@link #ssim} and {@link #highFrequencies} take. */
    public static final int SMALLEST_IMAGE = Ssim.WINDOW;

    private static final double RANGE = 2;
    private static final int MARGIN = Ssim.WINDOW / 2;

    /** Energy that eight bits cannot show. */
    private static final double UNSEEN = 1e-6;

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

    /**
     * Energy of details of up to some eight pixels: the mean square of what a Gaussian average of standard deviation 1.5
     * takes away. For images of at least 11x11 pixels.
     */
    public static double[] highFrequencies(NDArray images) {
        Ssim.requireWindow(images.getShape());
        return numbers(() -> {
            NDArray x = Aten.clamp(Aten.to(images, Precision.FP32), -1, 1);
            NDArray details = Aten.pad(x, -MARGIN, -MARGIN, -MARGIN, -MARGIN).sub(Ssim.blur(x));
            return perImage(details.square());
        });
    }

    /**
     * The part of the originals' {@linkplain #highFrequencies high frequencies} that images have: below 1 they are
     * blurred, above 1 they show what was never there. Both sums count as a little more than they are, so that images of
     * one colour give 1.
     */
    public static double highFrequenciesKept(double[] images, double[] originals) {
        return (DoubleStream.of(images).average().orElse(0) + UNSEEN)
                / (DoubleStream.of(originals).average().orElse(0) + UNSEEN);
    }

    private static NDArray perImage(NDArray map) {
        Shape shape = map.getShape();
        NDArray means = map.reshape(shape.get(0), shape.size() / shape.get(0)).mean(new int[] {1});
        return means.toType(DataType.FLOAT64, false);
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
