package io.percolate.diffusion.samplers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import io.percolate.testing.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SamplerTest {

    private static final Shape SHAPE = new Shape(2, 4, 4, 4);

    private static final StepNoise NOISE =
            (index, like) -> NoiseSource.seeded(index).normal(like);

    private static SamplerConfig config(SamplerKind kind) {
        return SamplerConfig.of(kind, DiffusionProcess.stableDiffusion());
    }

    private static NDArray start(NDManager manager, SamplerConfig config, int steps) {
        return NoiseSource.seeded(7)
                .normal(manager, SHAPE, DataType.FLOAT32)
                .mul(config.sampler().initialNoise(config.sigmaSchedule(), steps));
    }

    private static float[] run(SamplerConfig config, int steps) {
        return Gradients.off(() -> {
            try (NDManager manager = TorchEngine.newManager()) {
                Steps plan = config.sampler().steps(config.sigmaSchedule(), steps);
                return config.sampler()
                        .sample(config.predictor(Reference::network), start(manager, config, steps), plan, NOISE)
                        .toFloatArray();
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void samplerUsedTwiceAndFromTwoThreadsGivesTheSame(SamplerKind kind) {
        SamplerConfig config = config(kind);
        CompletableFuture<float[]> other = CompletableFuture.supplyAsync(() -> run(config, 6));
        float[] first = run(config, 6);
        assertThat(run(config, 6)).isEqualTo(first);
        assertThat(other.join()).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void resultHasTheTypeOfXAndNothingElseIsLeft(SamplerKind kind) {
        SamplerConfig config = config(kind);
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = start(manager, config, 6);
            Steps plan = config.sampler().steps(config.sigmaSchedule(), 6);
            int before = manager.getManagedArrays().size();
            try (NDArray result = Gradients.off(
                    () -> config.sampler().sample(config.predictor(Reference::network), x, plan, NOISE))) {
                assertThat(result.getDataType()).isEqualTo(DataType.FLOAT32);
                assertThat(result.getShape()).isEqualTo(SHAPE);
                assertThat(manager.getManagedArrays()).hasSize(before + 1);
            }
        }
    }

    /** With a network that always predicts the same image, every sampler ends there. */
    @ParameterizedTest
    @EnumSource
    void everySamplerEndsAtTheImageThatTheNetworkPredicts(SamplerKind kind) {
        SamplerConfig config = config(kind);
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray image = NoiseSource.seeded(3).normal(manager, SHAPE, DataType.FLOAT64);
            DenoisedPredictor model = predicting(image);
            NDArray x = NoiseSource.seeded(4)
                    .normal(manager, SHAPE, DataType.FLOAT64)
                    .mul(config.sampler().initialNoise(config.sigmaSchedule(), 8));
            NDArray result = Gradients.off(
                    () -> config.sampler().sample(model, x, config.sampler().steps(config.sigmaSchedule(), 8), NOISE));
            assertThat(result.sub(image).abs().max().getDouble()).isLessThan(0.2);
        }
    }

    private static DenoisedPredictor predicting(NDArray image) {
        return (x, level) -> new DenoisedPrediction(
                image.mul(1), () -> x.sub(image.mul(level.alpha())).div(level.std()));
    }

    @ParameterizedTest
    @EnumSource
    void imageToImageStartsAtTheNoiseOfItsFirstStep(SamplerKind kind) {
        SamplerConfig config = config(kind);
        Sampler sampler = config.sampler();
        Steps whole = sampler.steps(config.sigmaSchedule(), 10);
        Steps part = sampler.steps(config.sigmaSchedule(), 10, 0.6);
        assertThat(part.start().sigma()).isLessThan(whole.start().sigma());
        assertThat(sampler.plan(config.sigmaSchedule(), 10, 4).start()).isEqualTo(part.start());
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray image = NoiseSource.seeded(3).normal(manager, SHAPE, DataType.FLOAT64);
            NDArray noise = NoiseSource.seeded(4).normal(image);
            NDArray x = sampler.scaling().addNoise(image, noise, part.start());
            NDArray seen = sampler.scaling().toModel(x, part.start());
            NoiseLevel level = part.start();
            NDArray expected = image.mul(level.alpha()).add(noise.mul(level.std()));
            assertThat(seen.sub(expected).abs().max().getDouble()).isLessThan(1e-12);
            NDArray result = Gradients.off(() -> sampler.sample(predicting(image), x, part, NOISE));
            assertThat(result.sub(image).abs().max().getDouble()).isLessThan(0.2);
        }
    }

    @Test
    void tooLittleStrengthIsRefusedWithTheStepsItNeeds() {
        SamplerConfig config = config(SamplerKind.DDIM);
        assertThatThrownBy(() -> config.sampler().steps(config.sigmaSchedule(), 10, 0.05))
                .hasMessageContaining("0.05")
                .hasMessageContaining("20 or more");
        assertThatThrownBy(() -> config.sampler().steps(config.sigmaSchedule(), 10, 1.5))
                .hasMessageContaining("1.5");
        assertThatThrownBy(() -> config.sampler().steps(config.sigmaSchedule(), 0))
                .hasMessageContaining("0 steps");
        SamplerConfig solver = config(SamplerKind.DPMPP_2M).with(TimestepSpacing.LEADING);
        assertThatThrownBy(() -> solver.sampler().steps(solver.sigmaSchedule(), 1000))
                .hasMessageContaining("1000 steps");
    }

    /** Under linspace spacing, Euler's steps join; a stride of T/N would leave gaps between them. */
    @Test
    void stepsJoinUnderLinspaceSpacing() {
        SamplerConfig config = config(SamplerKind.EULER).with(TimestepSpacing.LINSPACE);
        List<Step> steps = config.sampler().steps(config.sigmaSchedule(), 7).list();
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).from()).isEqualTo(steps.get(i - 1).to());
        }
        assertThat(steps.get(0).from().timestep()).isEqualTo(999);
        assertThat(steps.get(6).from().timestep()).isZero();
        assertThat(steps.get(6).to()).isEqualTo(NoiseLevel.CLEAN);
    }

    @Test
    void listenerSeesEveryStepAndCanCancelTheRun() {
        SamplerConfig config = config(SamplerKind.DPMPP_2M);
        List<Double> timesteps = new ArrayList<>();
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = start(manager, config, 10);
            int before = manager.getManagedArrays().size();
            Steps steps = config.sampler().steps(config.sigmaSchedule(), 10).observedBy(event -> {
                timesteps.add(event.step().from().timestep());
                assertThat(event.x0().getShape()).isEqualTo(SHAPE);
                assertThat(event.taken()).isEqualTo(timesteps.size());
                assertThat(event.total()).isEqualTo(10);
                if (event.step().index() == 3) {
                    throw new CancellationException("enough");
                }
            });
            assertThatThrownBy(() -> Gradients.off(
                            () -> config.sampler().sample(config.predictor(Reference::network), x, steps, NOISE)))
                    .isInstanceOf(CancellationException.class);
            assertThat(timesteps).hasSize(4).isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void listenerSeesTheDenoisedPredictionOfEveryStep(SamplerKind kind) {
        SamplerConfig config = config(kind);
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray image = NoiseSource.seeded(3).normal(manager, SHAPE, DataType.FLOAT32);
            Steps steps = config.sampler()
                    .steps(config.sigmaSchedule(), 6)
                    .observedBy(event -> assertThat(event.x0().toFloatArray()).isEqualTo(image.toFloatArray()));
            NDArray x = start(manager, config, 6);
            Gradients.off(() -> config.sampler().sample(predicting(image), x, steps, NOISE));
        }
    }

    @Test
    void ddimWithEtaOneNeedsNoiseAndSaysSo() {
        SamplerConfig config = config(SamplerKind.DDIM);
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray x = start(manager, config, 5);
            Steps steps = config.sampler().steps(config.sigmaSchedule(), 5);
            assertThatThrownBy(() -> Gradients.off(
                            () -> new Ddim(1).sample(config.predictor(Reference::network), x, steps, StepNoise.NONE)))
                    .hasMessageContaining("step 0");
        }
    }

    /** Halving the steps of a second-order solver makes its error about four times as large. */
    @Test
    void multistepSolverConvergesInSecondOrder() {
        SamplerConfig config = config(SamplerKind.DPMPP_2M).with(SigmaSpacing.EXPONENTIAL);
        float[] exact = run(config, 640);
        double coarse = distance(run(config, 40), exact);
        double fine = distance(run(config, 80), exact);
        assertThat(coarse / fine).isCloseTo(4, within(1.5));
    }

    private static double distance(float[] a, float[] b) {
        double largest = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i] - b[i]));
        }
        return largest;
    }
}
