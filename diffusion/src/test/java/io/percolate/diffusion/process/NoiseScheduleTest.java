package io.percolate.diffusion.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.BetaSchedule.Cosine;
import io.percolate.diffusion.process.BetaSchedule.Linear;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.Sigmoid;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import org.junit.jupiter.api.Test;

class NoiseScheduleTest {

    private static final NoiseSchedule STABLE_DIFFUSION =
            DiffusionProcess.stableDiffusion().schedule();

    @Test
    void linearBetasReachFromEndToEnd() {
        double[] betas = new Linear(1e-4, 0.02).betas(1000);
        assertThat(betas[0]).isEqualTo((float) 1e-4);
        assertThat(betas[999]).isEqualTo((float) 0.02);
        assertThat(betas[500]).isCloseTo(1e-4 + 500 * 0.0199 / 999, within(1e-9));
    }

    /** Latent diffusion's "linear" is linear in the square roots. */
    @Test
    void scaledLinearIsNotLinear() {
        double[] betas = new ScaledLinear(0.00085, 0.012).betas(1001);
        double root = (Math.sqrt(0.00085) + Math.sqrt(0.012)) / 2;
        assertThat(betas[500]).isCloseTo(root * root, within(1e-9));
        assertThat(betas[500]).isNotCloseTo((0.00085 + 0.012) / 2, within(1e-4));
    }

    /** The largest and smallest sigma that are quoted for Stable Diffusion 1. */
    @Test
    void stableDiffusionReachesFrom14To003() {
        assertThat(STABLE_DIFFUSION.level(999).sigma()).isCloseTo(14.6146, within(1e-4));
        assertThat(STABLE_DIFFUSION.level(0).sigma()).isCloseTo(0.0292, within(1e-4));
    }

    /** Divided as whole numbers, t / T is 0 for all but the last step, and all betas but one are zero. */
    @Test
    void cosineBetasRiseSteadily() {
        double[] betas = new Cosine().betas(1000);
        for (int t = 1; t < betas.length; t++) {
            assertThat(betas[t]).isGreaterThanOrEqualTo(betas[t - 1]).isPositive();
        }
        assertThat(betas[999]).isEqualTo((float) 0.999);
    }

    @Test
    void cosineScheduleEndsAlmostPureNoise() {
        NoiseSchedule cosine = NoiseSchedule.of(new Cosine(), 1000);
        assertThat(cosine.alphaCumprod(999)).isLessThan(1e-6);
        assertThat(cosine.alphaCumprod(500)).isCloseTo(0.49, within(0.01));
    }

    @Test
    void sigmoidBetasAreSteepestInTheMiddle() {
        double[] betas = new Sigmoid(1e-4, 0.02).betas(101);
        assertThat(betas[50]).isCloseTo((1e-4 + 0.02) / 2, within(1e-8));
        assertThat(betas[51] - betas[50]).isGreaterThan(10 * (betas[1] - betas[0]));
    }

    @Test
    void rescaledScheduleEndsInPureNoiseAndStartsUnchanged() {
        BetaSchedule original = new ScaledLinear(0.00085, 0.012);
        NoiseSchedule rescaled = NoiseSchedule.of(new ZeroTerminalSnr(original), 1000);
        assertThat(rescaled.alphaCumprod(999)).isZero();
        assertThat(rescaled.level(999)).satisfies(level -> {
            assertThat(level.alpha()).isZero();
            assertThat(level.std()).isEqualTo(1);
        });
        assertThat(rescaled.alphaCumprod(0)).isCloseTo(STABLE_DIFFUSION.alphaCumprod(0), within(1e-7));
        assertThat(rescaled.finite().level(999).sigma()).isFinite();
    }

    /** Ho et al. 2020, eq. 4: the factors are square roots, and their squares add up to one. */
    @Test
    void addNoiseMixesWithSquareRoots() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray one = manager.ones(new Shape(2, 3, 1, 1), DataType.FLOAT64);
            NDArray timesteps = manager.create(new long[] {10, 700});
            NDArray clean = STABLE_DIFFUSION.addNoise(one, one.zerosLike(), timesteps);
            NDArray noise = STABLE_DIFFUSION.addNoise(one.zerosLike(), one, timesteps);
            assertThat(clean.getDouble(0, 0, 0, 0)).isCloseTo(root(10), within(1e-12));
            assertThat(clean.getDouble(1, 2, 0, 0)).isCloseTo(root(700), within(1e-12));
            assertThat(clean.square().add(noise.square()).sub(1).abs().max().getDouble())
                    .isLessThan(1e-12);
        }
    }

    @Test
    void betweenTimestepsNoiseIsThatOfTheLevelThere() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray one = manager.ones(new Shape(2, 1), DataType.FLOAT64);
            NDArray timesteps = manager.create(new float[] {10.25f, 998.5f});
            NDArray clean = STABLE_DIFFUSION.addNoise(one, one.zerosLike(), timesteps);
            assertThat(clean.getDouble(0, 0))
                    .isCloseTo(STABLE_DIFFUSION.level(10.25).alpha(), within(1e-12));
            assertThat(clean.getDouble(1, 0))
                    .isCloseTo(STABLE_DIFFUSION.level(998.5).alpha(), within(1e-12));
        }
    }

    private static double root(int timestep) {
        return Math.sqrt(STABLE_DIFFUSION.alphaCumprod(timestep));
    }

    @Test
    void noisyImagesKeepTheTypeOfTheImages() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.ones(new Shape(2, 3, 2, 2));
            NDArray timesteps = manager.create(new int[] {0, 999});
            assertThat(STABLE_DIFFUSION.addNoise(x, x, timesteps).getDataType()).isEqualTo(DataType.FLOAT32);
            NDArray half = Aten.to(x, Precision.BF16);
            NDArray back = Aten.to(STABLE_DIFFUSION.addNoise(half, half, timesteps), Precision.FP32);
            assertThat(back.getFloat(0, 0, 0, 0)).isCloseTo(1.03f, within(0.02f));
        }
    }

    @Test
    void sigmasBetweenTimestepsAreInterpolatedAndFoundAgain() {
        double sigma = STABLE_DIFFUSION.level(499.25).sigma();
        double low = STABLE_DIFFUSION.level(499).sigma();
        double high = STABLE_DIFFUSION.level(500).sigma();
        assertThat(sigma).isCloseTo(low + 0.25 * (high - low), within(1e-12));
        assertThat(STABLE_DIFFUSION.timestepOf(low)).isCloseTo(499, within(1e-9));
        assertThat(STABLE_DIFFUSION.timestepOf(Math.sqrt(low * high))).isCloseTo(499.5, within(1e-9));
        assertThat(STABLE_DIFFUSION.timestepOf(100)).isEqualTo(999);
        assertThat(STABLE_DIFFUSION.timestepOf(0)).isZero();
    }

    @Test
    void timestepsOutsideTheScheduleAreRefusedWithTheirValue() {
        assertThatThrownBy(() -> STABLE_DIFFUSION.level(1000.0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000.0");
        assertThatThrownBy(() -> new Linear(0.02, 1e-4)).hasMessageContaining("0.02");
    }
}
