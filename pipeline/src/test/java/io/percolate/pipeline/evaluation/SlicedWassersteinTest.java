package io.percolate.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SlicedWassersteinTest {

    private static final SlicedWasserstein MEASURE = new SlicedWasserstein(32, 1024, 0);
    private static final NDManager MANAGER = TorchEngine.newManager();
    private static final NDArray NOISE = noise(1, 32, 16);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    @Test
    void aSetIsAtNoDistanceFromItself() {
        assertThat(MEASURE.between(NOISE, NOISE).mean()).isZero();
    }

    @Test
    void theOrderOfTheImagesDoesNotMatter() {
        NDArray other = noise(2, 32, 16);
        NDArray turned = other.flip(0);
        assertThat(MEASURE.between(NOISE, turned).mean())
                .isCloseTo(MEASURE.between(NOISE, other).mean(), within(1e-3));
    }

    @Test
    void theSameSeedGivesTheSameDistanceAndAnotherSeedNearlyTheSame() {
        NDArray other = NOISE.mul(0.5f);
        double distance = MEASURE.between(NOISE, other).mean();
        assertThat(MEASURE.between(NOISE, other).mean()).isEqualTo(distance);
        assertThat(new SlicedWasserstein(32, 1024, 1).between(NOISE, other).mean())
                .isNotEqualTo(distance)
                .isCloseTo(distance, within(0.1 * distance));
    }

    /** One level of unit noise: u.(x + c) - u.x = u.c, whose mean over directions is |c| sqrt(2 / (pi 147)). */
    @Test
    void aShiftIsFeltAsFarAsItGoes() {
        NDArray unit = NOISE.div(NOISE.square().mean().sqrt());
        for (double shift : new double[] {0.5, 1, 2}) {
            double length = shift * Math.sqrt(147);
            assertThat(MEASURE.between(unit, unit.add(shift)).mean())
                    .isCloseTo(1000 * length * Math.sqrt(2 / (Math.PI * 147)), within(20 * shift));
        }
    }

    /** One level of white noise: every direction sees N(0,1) and N(0,1/4), and E|z - z/2| = sqrt(2/pi) / 2. */
    @Test
    void aLossOfContrastIsFeltAsFarAsItGoes() {
        assertThat(MEASURE.between(NOISE, NOISE.mul(0.5f)).mean())
                .isCloseTo(1000 * Math.sqrt(2 / Math.PI) / 2, within(10.0));
    }

    @Test
    void twoSamplesOfOneDistributionComeCloserTheMoreImagesThereAre() {
        double few = MEASURE.between(noise(3, 4, 16), noise(4, 4, 16)).mean();
        double many = MEASURE.between(noise(3, 64, 16), noise(4, 64, 16)).mean();
        assertThat(many).isLessThan(few / 2);
    }

    @Test
    void fineNoiseIsFeltAtTheFinestLevel() {
        NDArray smooth = MANAGER.zeros(new Shape(8, 3, 32, 32)).add(noise(5, 8, 1));
        NDArray rough = smooth.add(noise(6, 8, 32).mul(0.1f));
        List<Double> distances = MEASURE.between(rough, smooth).thousandths();
        assertThat(MEASURE.between(rough, smooth).sides()).containsExactly(32, 16);
        assertThat(distances.get(0)).isGreaterThan(5 * distances.get(1));
    }

    @Test
    void aPyramidAddsUpToTheImage() {
        NDArray image = noise(7, 1, 64);
        List<NDArray> levels = LaplacianPyramid.of(image);
        assertThat(levels).extracting(level -> level.getShape().get(3)).containsExactly(64L, 32L, 16L);
        NDArray flat = MANAGER.ones(new Shape(1, 3, 64, 64));
        assertThat(LaplacianPyramid.of(flat).get(0).abs().max().getFloat()).isLessThan(1e-6f);
        assertThat(LaplacianPyramid.of(flat).get(2).mean().getFloat()).isCloseTo(1, within(1e-6f));
    }

    @Test
    void setsOfDifferentSizesAreRefused() {
        assertThatThrownBy(() -> MEASURE.between(NOISE, noise(1, 31, 16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(32, 3, 16, 16) and (31, 3, 16, 16)")
                .hasMessageContaining("as many of each");
    }

    private static NDArray noise(long seed, int images, int side) {
        return new RandomStream(seed).normal(MANAGER, new Shape(images, 3, side, side), DataType.FLOAT32);
    }
}
