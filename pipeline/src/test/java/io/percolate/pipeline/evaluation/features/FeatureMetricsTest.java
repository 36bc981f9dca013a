package io.percolate.pipeline.evaluation.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FeatureMetricsTest {

    private static final Path REFERENCE = Path.of(System.getProperty("percolate.testdata"));
    private static final NDManager MANAGER = TorchEngine.newManager();
    private static final NDArray NOISE = noise(1, 64, 4);

    @AfterAll
    static void close() {
        MANAGER.close();
    }

    @Test
    void aShiftAddsItsSquareToTheFrechetDistance() {
        assertThat(FrechetDistance.between(NOISE, NOISE.add(0.5))).isCloseTo(4 * 0.25, within(1e-9));
    }

    /** C and a^2 C have the roots C^(1/2) and a C^(1/2): tr(C + a^2 C - 2 a C) = (1 - a)^2 tr C. */
    @Test
    void aWiderSetIsAsFarAsItsDeviationsDiffer() {
        NDArray centred = NOISE.sub(NOISE.mean(new int[] {0}, true));
        double trace = centred.square().sum().getDouble() / 63;
        assertThat(FrechetDistance.between(centred, centred.mul(3))).isCloseTo(4 * trace, within(1e-9));
    }

    @Test
    void tooFewImagesForAFrechetDistanceAreSaid() {
        NDArray few = noise(2, 4, 4);
        FeatureMetrics metrics = FeatureMetrics.between(NOISE, few, "net.pt");
        assertThat(metrics.frechet()).isNull();
        assertThat(metrics.summary())
                .contains("no Frechet distance: 4 images but 4 features, take at least 5")
                .contains("kernel distance", "of net.pt");
        assertThatThrownBy(() -> FrechetDistance.between(NOISE, few))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 images but 4 features");
    }

    @Test
    void theKernelDistanceOfOneDistributionIsAroundNothingAndThatOfTwoIsNot() {
        assertThat(KernelDistance.DEFAULT.between(NOISE, noise(3, 64, 4))).isCloseTo(0, within(0.2));
        assertThat(KernelDistance.DEFAULT.between(NOISE, NOISE.add(1))).isGreaterThan(1);
    }

    @Test
    void subsetsGiveNearlyWhatTheWholeGivesAndTheSameEveryTime() {
        NDArray other = NOISE.add(1);
        KernelDistance subsets = new KernelDistance(50, 32, 7);
        double distance = subsets.between(NOISE, other);
        assertThat(subsets.between(NOISE, other)).isEqualTo(distance);
        assertThat(distance).isCloseTo(KernelDistance.DEFAULT.between(NOISE, other), within(0.5));
    }

    @Test
    void aSetFarAwayHasNeitherPrecisionNorRecallAndHalfOfOneHasItAll() {
        FeatureMetrics away = FeatureMetrics.between(NOISE, NOISE.add(100), "net.pt");
        assertThat(away.precision()).isZero();
        assertThat(away.recall()).isZero();
        assertThat(FeatureMetrics.between(NOISE, NOISE.get(":32"), "net.pt").precision())
                .isOne();
    }

    /** On a line, the third neighbour of 0 is 3 away, and that of 10 is 9. */
    @Test
    void aBallReachesTheThirdNeighbour() {
        NDArray line = column(0, 1, 2, 3, 10);
        assertThat(Manifold.share(line, column(-2.9, 18.9), 3)).isEqualTo(1);
        assertThat(Manifold.share(line, column(-3.1, 19.1), 3)).isZero();
    }

    @Test
    void aFileWithAnotherCallIsToldWhichCallIsExpected() {
        Path other = REFERENCE.resolve("vae-gan/perceptual.pt");
        assertThatThrownBy(() -> FeatureNetwork.open(other, 32, MANAGER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("perceptual.pt")
                .hasMessageContaining("forward(images uint8 (B,3,H,W), return_features=True) to features (B,D)");
    }

    @Test
    void whatIsNoNetworkIsSaidToBeNone() {
        Path text = REFERENCE.resolve("metrics/expected.json");
        assertThatThrownBy(() -> FeatureNetwork.open(text, 32, MANAGER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no TorchScript file");
    }

    private static NDArray noise(long seed, long images, long features) {
        return new RandomStream(seed)
                .normal(MANAGER, new Shape(images, features), DataType.FLOAT32)
                .toType(DataType.FLOAT64, false);
    }

    private static NDArray column(double... values) {
        return TorchArray.of(MANAGER, values, new Shape(values.length, 1));
    }
}
