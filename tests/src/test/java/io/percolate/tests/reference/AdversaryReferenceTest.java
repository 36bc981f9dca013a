package io.percolate.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.nn.optim.EmaDecay;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.nn.random.RandomSource;
import io.percolate.pipeline.data.Batch;
import io.percolate.pipeline.data.CaptionChoice;
import io.percolate.pipeline.data.DataItem;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.data.Position;
import io.percolate.pipeline.training.autoencoder.Adversary;
import io.percolate.pipeline.training.autoencoder.VaeObjective;
import io.percolate.pipeline.training.autoencoder.VaeStep;
import io.percolate.pipeline.training.recipe.DiscriminatorRecipe;
import io.percolate.pipeline.training.session.StepResult;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import io.percolate.vae.VaeLossConfig.Reduction;
import io.percolate.vae.losses.AdversarialTerms;
import io.percolate.vae.losses.Equivariance;
import io.percolate.vae.losses.FocalFrequencyLoss;
import io.percolate.vae.losses.PatchDiscriminator;
import io.percolate.vae.losses.PatchSize;
import io.percolate.vae.losses.PerceptualLoss;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** An autoencoder and a discriminator in turn, by the class that trains. */
class AdversaryReferenceTest {

    private static final double TOLERANCE = 1e-4;

    /** Relative to the largest number that went into a sum. */
    private static final double FLOAT32_ROUNDING = 0x1p-24;

    @TestFactory
    Stream<DynamicTest> autoencoderAndDiscriminatorTrainAsInTorch() {
        return Suite.find("*/discriminator.safetensors").stream()
                .map(Path::getParent)
                .map(folder -> dynamicTest(
                        Suite.name(folder),
                        () -> Suite.with(folder.resolve("expected.safetensors"), expected -> new Case(
                                        folder, JsonConfig.read(folder.resolve("expected.json")), expected)
                                .train())));
    }

    /** One folder. */
    private record Case(Path folder, JsonConfig numbers, Tensors expected) {

        void train() {
            Suite.with(folder.resolve("discriminator.safetensors"), weights -> {
                AutoencoderKl vae = AutoencoderKl.load(folder.resolve("vae"), expected.manager());
                vae.makeTrainable();
                PatchDiscriminator discriminator = discriminator(weights);
                try (Optimizer optimizer = new Optimizer(vae.parameters(), config());
                        PerceptualLoss perceptual = perceptual();
                        Adversary adversary = new Adversary(
                                discriminator, recipe(weights), new Adversary.Computation(Precision.FP32, false))) {
                    optimizer.setLearningRate(numbers.number("learning_rate"));
                    VaeObjective objective = new VaeObjective(
                            new VaeLoss(loss(), perceptual, FocalFrequencyLoss.NONE),
                            Equivariance.NONE,
                            Optional.of(adversary));
                    VaeStep step = new VaeStep(vae, objective, Precision.FP32, optimizer);
                    for (int i = 0; i < records().size(); i++) {
                        assertLosses(i, step.step(batch(i), new Noise(expected.get(i + ".noise"))));
                        if (i == 0) {
                            assertGradients(vae, optimizer);
                        }
                    }
                    assertAutoencoder(vae);
                    assertDiscriminator(discriminator);
                }
            });
        }

        private void assertLosses(int step, StepResult result) {
            Map<?, ?> record = (Map<?, ?>) records().get(step);
            Map<String, Double> terms = result.terms();
            Shape images = expected.get(step + ".image").getShape();
            long values = images.size() / images.get(0);
            double kl = values * terms.get("kl");
            double nll = values
                    * (terms.get("reconstruction") + numbers.number("perceptual_weight") * terms.get("perceptual"));
            assertNumber(step, "nll", nll, record);
            assertNumber(step, "kl", kl, record);
            assertNumber(step, "total", result.update().loss(), record);
            for (String name : List.of(
                    "perceptual", "generator", "adaptive_weight", "discriminator", "logits_real", "logits_fake")) {
                assertNumber(step, name, terms.get(name), record);
            }
        }

        /** Logits are means of numbers of both signs around 1. */
        private static void assertNumber(int step, String name, double actual, Map<?, ?> record) {
            double number = ((Number) record.get(name)).doubleValue();
            assertThat(actual)
                    .as(name + " of step " + step)
                    .isCloseTo(number, Offset.offset(TOLERANCE * Math.max(1, Math.abs(number))));
        }

        /** Adam's first mean is the gradient times 1 - beta1. */
        private void assertGradients(AutoencoderKl vae, Optimizer optimizer) {
            double share = 1 - numbers.numbers("betas").get(0);
            double rounding = share * rounding(vae);
            vae.parameters().keySet().forEach(name -> {
                NDArray gradient = expected.get("grad." + name).mul(share);
                assertThat(largest(optimizer.state().get(name + ".exp_avg").sub(gradient)))
                        .as("gradient of " + name)
                        .isLessThanOrEqualTo(Math.max(TOLERANCE * largest(gradient), rounding));
            });
        }

        /** Adam divides a gradient by its own size: where it is no more than rounding, so is the step. */
        private void assertAutoencoder(AutoencoderKl vae) {
            double rounding = rounding(vae);
            vae.parameters().forEach((name, parameter) -> {
                NDArray determined = expected.get("grad." + name).abs().gt(rounding);
                assertWeight("vae." + name, parameter.value(), determined);
            });
        }

        private void assertDiscriminator(PatchDiscriminator discriminator) {
            discriminator
                    .parameters()
                    .forEach((name, parameter) -> assertWeight(
                            "discriminator." + name,
                            parameter.value(),
                            parameter.value().onesLike()));
        }

        private void assertWeight(String name, NDArray actual, NDArray determined) {
            NDArray weight = expected.get("after" + records().size() + "." + name);
            assertThat(largest(actual.sub(weight).mul(determined)))
                    .as(name)
                    .isLessThanOrEqualTo(TOLERANCE * largest(weight));
        }

        private double rounding(AutoencoderKl vae) {
            return FLOAT32_ROUNDING
                    * vae.parameters().keySet().stream()
                            .mapToDouble(name -> largest(expected.get("grad." + name)))
                            .max()
                            .orElseThrow();
        }

        private List<?> records() {
            return (List<?>) numbers.values().get("steps");
        }

        private static double largest(NDArray x) {
            return x.abs().max().getFloat();
        }

        private VaeLossConfig loss() {
            return new VaeLossConfig(Reconstruction.L1, 0, 1, 0, numbers.number("kl_weight"), Reduction.SUM);
        }

        private PerceptualLoss perceptual() {
            return PerceptualLoss.open(
                    folder.resolve("perceptual.pt"), numbers.number("perceptual_weight"), expected.manager());
        }

        private OptimizerConfig config() {
            List<Double> betas = numbers.numbers("betas");
            return new OptimizerConfig(
                    new GradientClipping(Double.POSITIVE_INFINITY),
                    new AdamWConfig(betas.get(0), betas.get(1), 1e-8, 0),
                    Optional.empty(),
                    new EmaDecay(0),
                    false);
        }

        private DiscriminatorRecipe recipe(Tensors weights) {
            return new DiscriminatorRecipe(
                    numbers.number("disc_weight"),
                    size(weights),
                    0,
                    0,
                    numbers.number("learning_rate"),
                    AdversarialTerms.NONE);
        }

        /** A convolution at every third place after the first two, and batch statistics after all but two. */
        private static PatchSize size(Tensors weights) {
            int layers = 0;
            while (weights.has("main." + (3 * (layers + 1)) + ".running_mean")) {
                layers++;
            }
            return new PatchSize((int) weights.get("main.0.weight").getShape().get(0), layers);
        }

        private static PatchDiscriminator discriminator(Tensors weights) {
            Shape first = weights.get("main.0.weight").getShape();
            PatchDiscriminator discriminator = new PatchDiscriminator((int) first.get(1), size(weights));
            discriminator.parameters().keySet().forEach(name -> discriminator.assign(name, weights.get(name)));
            return discriminator;
        }

        private Batch batch(int step) {
            NDArray images = expected.get(step + ".image");
            DataItem item = new DataItem(new ImageEntry(Path.of("image.png"), List.of(), Map.of()), Position.START, 0);
            return Batch.ofPixels(
                    images, Collections.nCopies((int) images.getShape().get(0), item), CaptionChoice.FIRST);
        }
    }

    /** The recorded noise of the posterior. */
    private record Noise(NDArray recorded) implements RandomSource {

        @Override
        public NDArray normal(NDManager manager, Shape shape, DataType type) {
            assertThat(shape).isEqualTo(recorded.getShape());
            return recorded;
        }

        @Override
        public long nextLong() {
            throw new IllegalStateException("nothing else is random in this case");
        }
    }
}
