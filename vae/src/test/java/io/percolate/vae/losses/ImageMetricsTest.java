package io.percolate.vae.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImageMetricsTest {

    private static final Offset<Double> NEAR = Offset.offset(1e-7);

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void anErrorOfOneTenthOfTheRangeIsTwentyDecibels() {
        NDArray black = manager.full(new Shape(2, 3, 4, 4), -1f);
        assertThat(ImageMetrics.psnr(black.add(0.2f), black))
                .usingComparatorWithPrecision(1e-6)
                .containsExactly(20, 20);
        assertThat(ImageMetrics.psnr(black, black)).containsOnly(Double.POSITIVE_INFINITY);
    }

    @Test
    void whatLiesOutsideTheRangeIsClipped() {
        NDArray white = manager.ones(new Shape(1, 3, 4, 4));
        assertThat(ImageMetrics.psnr(white.mul(3), white)).containsOnly(Double.POSITIVE_INFINITY);
    }

    @Test
    void equalImagesAreEntirelySimilarAndInvertedOnesAreNot() {
        NDArray image = manager.randomUniform(-1, 1, new Shape(1, 3, 16, 16));
        assertThat(ImageMetrics.ssim(image, image)[0]).isCloseTo(1, NEAR);
        assertThat(ImageMetrics.ssim(image.neg(), image)[0]).isLessThan(0);
    }

    /** For flat images only the luminance term is left: (2 a b + C1) / (a^2 + b^2 + C1), eq. 6. */
    @Test
    void flatImagesAreComparedByTheirLuminance() {
        NDArray grey = manager.full(new Shape(1, 1, 11, 11), 0.5f);
        NDArray white = manager.full(new Shape(1, 1, 11, 11), 1f);
        double c1 = Math.pow(0.01 * 2, 2);
        assertThat(ImageMetrics.ssim(grey, white)[0]).isCloseTo((2 * 1.5 * 2 + c1) / (1.5 * 1.5 + 2 * 2 + c1), NEAR);
    }

    /** A chequered pattern of +-0.5 has no low frequencies: half of its height is a quarter of its energy. */
    @Test
    void highFrequenciesAreWhatABlurTakesAway() {
        NDArray line = manager.arange(16).mod(2).sub(0.5f).reshape(1, 16);
        NDArray pattern = line.mul(line.reshape(16, 1)).mul(2).reshape(1, 1, 16, 16);
        double[] energy = ImageMetrics.highFrequencies(pattern);
        assertThat(energy[0]).isCloseTo(0.25, Offset.offset(1e-5));
        double kept = ImageMetrics.highFrequenciesKept(ImageMetrics.highFrequencies(pattern.mul(0.5)), energy);
        assertThat(kept).isCloseTo(0.25, Offset.offset(1e-5));
    }

    @Test
    void imagesOfOneColourKeepAllOfTheirHighFrequencies() {
        NDArray grey = manager.full(new Shape(2, 3, 16, 16), 0.3f);
        double[] energy = ImageMetrics.highFrequencies(grey);
        assertThat(energy).hasSize(2);
        assertThat(ImageMetrics.highFrequenciesKept(energy, energy)).isEqualTo(1);
    }

    @Test
    void imagesOfDifferentOrTooSmallSizesAreRefused() {
        NDArray small = manager.zeros(new Shape(1, 3, 8, 8));
        assertThatThrownBy(() -> ImageMetrics.ssim(small, small)).hasMessageContaining("windows of 11x11");
        assertThatThrownBy(() -> ImageMetrics.psnr(small, manager.zeros(new Shape(1, 3, 8, 9))))
                .hasMessageContaining("cannot be compared");
    }

    @Test
    void nothingIsLeftBehind() {
        NDArray image = manager.zeros(new Shape(1, 3, 16, 16));
        int before = manager.getManagedArrays().size();
        ImageMetrics.psnr(image, image);
        ImageMetrics.ssim(image, image);
        ImageMetrics.highFrequencies(image);
        assertThat(manager.getManagedArrays()).hasSize(before);
    }
}
