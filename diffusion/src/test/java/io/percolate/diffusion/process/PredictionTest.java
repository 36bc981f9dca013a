package io.percolate.diffusion.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import io.percolate.diffusion.process.LossWeighting.MinSnr;
import io.percolate.diffusion.process.LossWeighting.Uniform;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionTest {

    private static final NoiseSchedule SCHEDULE =
            DiffusionProcess.stableDiffusion().schedule();

    private static final Shape SHAPE = new Shape(1, 4, 3, 3);

    @ParameterizedTest
    @EnumSource
    void imagesWithTimestepsOfTheirOwnAreReadAsEachAlone(Prediction prediction) {
        try (NDManager manager = TorchEngine.newManager()) {
            Shape two = new Shape(2, 4, 3, 3);
            NDArray x = NoiseSource.seeded(1).normal(manager, two, DataType.FLOAT64);
            NDArray output = NoiseSource.seeded(2).normal(manager, two, DataType.FLOAT64);
            long[] timesteps = {20, 700};
            NDArray x0 = prediction.x0(output, x, SCHEDULE, manager.create(timesteps));
            NDArray noise = prediction.epsilon(output, x, SCHEDULE, manager.create(timesteps));
            for (int i = 0; i < timesteps.length; i++) {
                NoiseLevel level = SCHEDULE.level(timesteps[i]);
                assertThat(distance(x0.get(i), prediction.x0(output.get(i), x.get(i), level)))
                        .isLessThan(1e-12);
                assertThat(distance(noise.get(i), prediction.epsilon(output.get(i), x.get(i), level)))
                        .isLessThan(1e-12);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void outputThatEqualsTheTargetIsReadAsTheTruth(Prediction prediction) {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x0 = NoiseSource.seeded(1).normal(manager, SHAPE, DataType.FLOAT64);
            NDArray noise = NoiseSource.seeded(2).normal(manager, SHAPE, DataType.FLOAT64);
            NDArray timesteps = manager.create(new long[] {600});
            NDArray x = SCHEDULE.addNoise(x0, noise, timesteps);
            NDArray target = prediction.target(SCHEDULE, x0, noise, timesteps);
            NoiseLevel level = SCHEDULE.level(600);
            DenoisedPrediction denoised =
                    prediction.predictor((z, timestep) -> target).predict(x, level);
            assertThat(distance(denoised.x0(), x0)).isLessThan(1e-12);
            assertThat(distance(denoised.epsilon(), noise)).isLessThan(1e-12);
            assertThat(distance(prediction.output(denoised, level), target)).isLessThan(1e-12);
        }
    }

    /** Without signal x is noise alone, and v is -x0 (Lin et al. 2024, section 3.2). */
    @Test
    void velocityCanBeReadAtPureNoise() {
        try (NDManager manager = TorchEngine.newManager()) {
            NoiseSchedule zero = NoiseSchedule.of(new ZeroTerminalSnr(new ScaledLinear(0.00085, 0.012)), 1000);
            NDArray x = manager.ones(SHAPE);
            NDArray v = x.mul(-0.25);
            NDArray x0 = Prediction.V.x0(v, x, zero.level(999));
            assertThat(x0.toFloatArray()).containsOnly(0.25f);
        }
    }

    @Test
    void networkInBf16IsReadInTheTypeOfX() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.ones(SHAPE);
            Denoiser network = (z, timestep) -> Aten.to(z, Precision.BF16);
            DenoisedPrediction denoised = Prediction.EPSILON.predictor(network).predict(x, SCHEDULE.level(10));
            assertThat(denoised.x0().getDataType()).isEqualTo(DataType.FLOAT32);
        }
    }

    @Test
    void cleanImagesAreClippedOnlyWhenAsked() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.create(new float[] {-3, 0.5f, 3}, new Shape(1, 3, 1, 1));
            DenoisedPredictor plain = Prediction.X0.predictor((z, timestep) -> z);
            NoiseLevel level = SCHEDULE.level(10);
            assertThat(plain.predict(x, level).x0().toFloatArray()).containsExactly(-3, 0.5f, 3);
            assertThat(plain.clipped(1).predict(x, level).x0().toFloatArray()).containsExactly(-1, 0.5f, 1);
        }
    }

    /** 0.5 quantile of 0, 1, 2, 3, 4 is 2: values are cut there and divided by it. */
    @Test
    void dynamicThresholdScalesEachImageByItsQuantile() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = manager.create(new float[] {0, -1, 2, -3, 4, 0, 0.1f, 0.2f, 0.3f, 5}, new Shape(2, 5, 1, 1));
            NDArray cut = Prediction.X0
                    .predictor((z, timestep) -> z)
                    .thresholded(0.5, 10)
                    .predict(x, SCHEDULE.level(10))
                    .x0();
            assertThat(cut.toFloatArray()).containsExactly(0, -0.5f, 1, -1, 1, 0, 0.1f, 0.2f, 0.3f, 1);
        }
    }

    /** Hang et al. 2023: for epsilon, noisy timesteps count fully and clean ones less, not the other way round. */
    @Test
    void minSnrWeightsFallWhereThereIsLittleNoise() {
        MinSnr weighting = new MinSnr(5);
        assertThat(weighting.weight(Prediction.EPSILON, 100)).isEqualTo(0.05);
        assertThat(weighting.weight(Prediction.EPSILON, 0.1)).isEqualTo(1);
        assertThat(weighting.weight(Prediction.EPSILON, 0)).isEqualTo(1);
        assertThat(weighting.weight(Prediction.X0, 100)).isEqualTo(5);
        assertThat(weighting.weight(Prediction.X0, 0.1)).isEqualTo(0.1);
        assertThat(weighting.weight(Prediction.V, 4)).isEqualTo(0.8);
        assertThat(weighting.weight(Prediction.V, 99)).isEqualTo(0.05);
    }

    /** Lin et al. 2024: sampling starts at the timestep of zero SNR, so it has to be learned. */
    @Test
    void minSnrWeighsPureNoiseLikeTheNoisiestTimestepOfStableDiffusion() {
        MinSnr weighting = new MinSnr(5);
        double noisiest = SCHEDULE.snr(999);
        for (Prediction prediction : new Prediction[] {Prediction.V, Prediction.X0}) {
            assertThat(weighting.weight(prediction, 0))
                    .isCloseTo(weighting.weight(prediction, noisiest), within(5e-4))
                    .isPositive();
        }
        assertThat(weighting.weight(Prediction.X0, noisiest)).isEqualTo(noisiest);
        assertThat(weighting.weight(Prediction.V, noisiest)).isEqualTo(noisiest / (noisiest + 1));
    }

    @Test
    void lossIsTheWeightedMeanOfSquaredErrorsAndHasGradients() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x0 = manager.zeros(new Shape(2, 1, 2, 2));
            NDArray output = manager.full(x0.getShape(), 2f);
            output.setRequiresGradient(true);
            NDArray timesteps = manager.create(new long[] {0, 999});
            DiffusionLoss uniform = new DiffusionLoss(SCHEDULE, Prediction.EPSILON, new Uniform());
            NDArray loss = Gradients.on(() -> uniform.mse(output, x0, timesteps));
            Gradients.backward(loss);
            assertThat(loss.getFloat()).isEqualTo(4);
            try (NDArray gradient = Gradients.of(output)) {
                assertThat(gradient.toFloatArray()).containsOnly(0.5f);
            }
            double least = 5 / SCHEDULE.snr(0);
            DiffusionLoss weighted = new DiffusionLoss(SCHEDULE, Prediction.EPSILON, new MinSnr(5));
            assertThat((double) weighted.mse(output, x0, timesteps).getFloat())
                    .isCloseTo(4 * (1 + least) / 2, within(1e-6));
        }
    }

    @Test
    void timestepsFollowTheirDistribution() {
        long[] uniform = new TimestepDistribution.Uniform().sample(4000, 1000, new Random(1));
        long[] shifted = new TimestepDistribution.Shifted(new TimestepDistribution.Uniform(), 3)
                .sample(4000, 1000, new Random(1));
        long[] normal = new TimestepDistribution.LogitNormal(0, 1).sample(4000, 1000, new Random(1));
        assertThat(Arrays.stream(uniform).boxed()).allMatch(t -> t >= 0 && t < 1000);
        assertThat(median(uniform)).isCloseTo(500, within(25L));
        assertThat(median(shifted)).isCloseTo(750, within(25L));
        assertThat(median(normal)).isCloseTo(500, within(25L));
        assertThat(Arrays.stream(normal).filter(t -> t < 100).count()).isLessThan(4000 / 20);
    }

    @Test
    void timestepDistributionsWithoutMeaningAreRefused() {
        assertThatThrownBy(() -> new TimestepDistribution.LogitNormal(0, 0))
                .hasMessageContaining("std must be positive");
        assertThatThrownBy(() -> new TimestepDistribution.LogitNormal(Double.NaN, 1))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new TimestepDistribution.Shifted(new TimestepDistribution.Uniform(), 0))
                .hasMessageContaining("timestep_shift 0.0");
    }

    private static long median(long[] values) {
        return Arrays.stream(values)
                .sorted()
                .skip(values.length / 2)
                .findFirst()
                .orElseThrow();
    }

    private static double distance(NDArray a, NDArray b) {
        return a.sub(b).abs().max().getDouble();
    }

    /** Ho et al. 2020, eq. 12: beta^2 / (2 sigma^2 alpha (1 - alphaBar)), sigma^2 being the posterior's variance. */
    @Test
    void theBoundWeighsErrorsOfEpsilonAsItsTermsDo() {
        NoiseSchedule schedule = DiffusionProcess.ddpm().schedule();
        for (int t : new int[] {1, 2, 10, 500, 999}) {
            double beta = schedule.beta(t);
            double variance = GaussianPosterior.between(schedule.level(t), schedule.level(t - 1))
                    .variance();
            double expected = beta * beta / (2 * variance * (1 - beta) * (1 - schedule.alphaCumprod(t)));
            assertThat(new LossWeighting.Bound().weight(Prediction.EPSILON, schedule, t))
                    .isCloseTo(1000 * expected, within(1e-6 * 1000 * expected));
        }
    }

    @Test
    void theBoundWeighsAllPredictionsAlike() {
        NoiseSchedule schedule = DiffusionProcess.ddpm().schedule();
        LossWeighting bound = new LossWeighting.Bound();
        for (int t : new int[] {0, 1, 100, 999}) {
            double ofX0 = bound.weight(Prediction.X0, schedule, t);
            double snr = schedule.snr(t);
            assertThat(bound.weight(Prediction.EPSILON, schedule, t)).isCloseTo(ofX0 / snr, within(1e-9 * ofX0 / snr));
            assertThat(bound.weight(Prediction.V, schedule, t))
                    .isCloseTo(ofX0 / (snr + 1), within(1e-9 * ofX0 / (snr + 1)));
        }
    }

    @Test
    void theHybridLossIsNearlyTheSimpleOne() {
        NoiseSchedule schedule = DiffusionProcess.ddpm().schedule();
        LossWeighting hybrid = new LossWeighting.Hybrid(0.001);
        assertThat(hybrid.weight(Prediction.EPSILON, schedule, 999)).isBetween(1.0, 1.02);
        assertThat(hybrid.weight(Prediction.EPSILON, schedule, 0)).isCloseTo(1.5, within(1e-9));
    }
}
