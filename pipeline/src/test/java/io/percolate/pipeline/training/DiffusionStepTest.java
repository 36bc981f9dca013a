package io.percolate.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.BetaSchedule;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.EmaDecay;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomSource;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.CaptionChoice;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.space.TrainingSpace;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The step that trains, on the reference's {@code training/}: images, noise, timesteps and contexts are given, all else
 * is the step's. Tolerances as in the reference's README.
 */
class DiffusionStepTest {

    private static final Path TRAINING = Path.of(System.getProperty("percolate.testdata"), "training");
    private static final double LEARNING_RATE = 1e-3;

    /** The noise process of the reference's targets. */
    private static final BetaSchedule BETAS = new BetaSchedule.ScaledLinear(0.00085, 0.012);

    private final NDManager manager = TorchEngine.newManager();
    private final JsonConfig losses = JsonConfig.read(TRAINING.resolve("expected.json"));
    private final SafeTensors expected = SafeTensors.open(TRAINING.resolve("expected.safetensors"));
    private final UNet unet = UNetFiles.load(TRAINING.resolve("unet"), manager);
    private Optimizer optimizer;

    @AfterEach
    void free() {
        if (optimizer != null) {
            optimizer.close();
        }
        unet.close();
        expected.close();
        manager.close();
    }

    @ParameterizedTest
    @EnumSource
    void threeStepsHaveTheLossesGradientsAndWeightsOfTheReference(Prediction prediction) {
        String target = prediction.publishedName();
        for (int step = 0; step < 3; step++) {
            String name = target + "." + step;
            DiffusionStep training = step(prediction, prompts -> context(name), 0);
            optimizer.setLearningRate(LEARNING_RATE);
            double loss = run(training, name);
            assertThat(loss).as(name).isCloseTo(losses.number(name + ".loss"), within(1e-5));
            if (step == 0) {
                assertThat(gradientNorm).isCloseTo(expectedNorm(target), within(1e-4f * expectedNorm(target)));
                assertFirstMoments(target);
            }
        }
        Gradients.off(() -> {
            unet.parameters().forEach((name, parameter) -> assertTrained(parameter, target, name));
            return null;
        });
    }

    @Test
    void whatIsToldChangesTheLoss() {
        double told = run(step(Prediction.EPSILON, prompts -> context("epsilon.0"), 0), "epsilon.0");
        double otherwise = run(step(Prediction.EPSILON, prompts -> context("epsilon.1"), 0), "epsilon.0");
        assertThat(otherwise).isNotCloseTo(told, within(1e-6));
    }

    @Test
    void everyCaptionDroppedIsTheLossWithoutCaptions() {
        Conditioning conditioning = prompts -> context(prompts.contains("") ? "epsilon.1" : "epsilon.0");
        double unconditional = run(step(Prediction.EPSILON, prompts -> context("epsilon.1"), 0), "epsilon.0");
        assertThat(run(step(Prediction.EPSILON, conditioning, 1), "epsilon.0")).isEqualTo(unconditional);
        assertThat(run(step(Prediction.EPSILON, conditioning, 0), "epsilon.0")).isNotEqualTo(unconditional);
    }

    @Test
    void aTinyNetworkLearnsOneBatchByHeart() {
        optimizer = new Optimizer(trainable().parameters(), OptimizerConfig.DEFAULT);
        optimizer.setLearningRate(3e-3);
        DiffusionStep training = new DiffusionStep(
                networks(prompts -> context("epsilon.0")), objective(Prediction.EPSILON, 0), Precision.FP32, optimizer);
        Batch batch = batch(read("epsilon.0.x0"));
        double first = 0;
        double last = 0;
        for (int step = 0; step < 50; step++) {
            last = Scope.call(
                    () -> training.step(batch, new RandomStream(3)).update().loss());
            first = step == 0 ? last : first;
        }
        assertThat(last).isLessThan(first / 100);
    }

    private float gradientNorm;

    private double run(DiffusionStep training, String name) {
        return Scope.call(() -> {
            var update =
                    training.step(batch(read(name + ".x0")), new Given(name)).update();
            gradientNorm = update.gradientNorm();
            return (double) update.loss();
        });
    }

    private UNet trainable() {
        unet.makeTrainable();
        return unet;
    }

    /** AdamW as in the reference, which does not clip. A learning rate of 0 leaves the weights as they are. */
    private DiffusionStep step(Prediction prediction, Conditioning conditioning, double dropout) {
        if (optimizer == null) {
            optimizer = new Optimizer(
                    trainable().parameters(),
                    new OptimizerConfig(
                            new GradientClipping(Double.POSITIVE_INFINITY),
                            AdamWConfig.DEFAULT,
                            Optional.empty(),
                            new EmaDecay(0.999),
                            false));
        }
        return new DiffusionStep(networks(conditioning), objective(prediction, dropout), Precision.FP32, optimizer);
    }

    private DiffusionNetworks networks(Conditioning conditioning) {
        return new DiffusionNetworks(TrainingSpace.pixels(), unet, conditioning);
    }

    private static DiffusionObjective objective(Prediction prediction, double dropout) {
        return new DiffusionObjective(
                LossRecipe.DEFAULT.of(new DiffusionProcess(BETAS, 1000, prediction)),
                new TimestepDistribution.Uniform(),
                Optional.empty(),
                new CaptionDropout(dropout));
    }

    private DenoiserInputs context(String step) {
        return DenoiserInputs.context(read(step + ".context"));
    }

    private static Batch batch(NDArray images) {
        List<DataItem> items = IntStream.range(0, 4)
                .mapToObj(i -> new DataItem(
                        new ImageEntry(Path.of(i + ".png"), List.of("a cat"), Map.of()), new Position(0, i), i))
                .toList();
        return Batch.ofPixels(images, items, CaptionChoice.FIRST);
    }

    private float expectedNorm(String target) {
        return Gradients.off(() -> (float) Math.sqrt(unet.parameters().keySet().stream()
                .mapToDouble(
                        name -> read(target + ".grad." + name).square().sum().getFloat())
                .sum()));
    }

    /** After one step Adam's running mean is a tenth of the gradient. */
    private void assertFirstMoments(String target) {
        float largest = (float) unet.parameters().keySet().stream()
                .mapToDouble(name -> largest(read(target + ".grad." + name)))
                .max()
                .orElseThrow();
        optimizer.state().forEach((name, mean) -> {
            if (name.endsWith(".exp_avg")) {
                NDArray reference = read(target + ".grad." + name.replace(".exp_avg", ""));
                assertThat(largest(mean.mul(10).sub(reference)))
                        .as(name)
                        .isLessThanOrEqualTo(Math.max(1e-4f * largest(reference), 0x1p-22f * largest));
            }
        });
    }

    /** Adam divides a gradient by its own size: where it is no more than rounding, so is the step. */
    private void assertTrained(Parameter parameter, String target, String name) {
        NDArray reference = read(target + ".after3." + name);
        NDArray gradient = read(target + ".grad." + name);
        NDArray difference = parameter.value().sub(reference);
        NDArray determined = gradient.abs().gt(1e-5f * largest(gradient));
        assertThat(largest(difference.mul(determined))).as(name).isLessThanOrEqualTo(1e-4f * largest(reference));
        assertThat(largest(difference)).as(name).isLessThan((float) LEARNING_RATE);
    }

    private NDArray read(String name) {
        return expected.read(manager, name);
    }

    private static float largest(NDArray x) {
        return x.abs().max().getFloat();
    }

    /** The noise and the timesteps of a step of the reference. */
    private final class Given implements RandomSource {

        private final NDArray noise;
        private final PrimitiveIterator.OfLong timesteps;

        Given(String step) {
            noise = read(step + ".noise");
            timesteps = Arrays.stream(read(step + ".timesteps").toArray())
                    .mapToLong(Number::longValue)
                    .iterator();
        }

        @Override
        public NDArray normal(NDManager owner, Shape shape, DataType type) {
            return noise;
        }

        /** In the middle of the part of the unit interval that means a timestep; after them, halves. */
        @Override
        public double nextDouble() {
            return timesteps.hasNext() ? (timesteps.nextLong() + 0.5) / 1000 : 0.5;
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("a step asks for noise and for numbers between 0 and 1");
        }
    }
}
