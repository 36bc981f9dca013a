package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamW;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Losses, gradients and optimiser steps. */
class TrainingReferenceTest {

    private static final double LOSS_TOLERANCE = 1e-5;
    private static final double TOLERANCE = 1e-4;

    /** What the recorded gradients weigh the divergence of a whole image by, beside the mean error of a pixel. */
    private static final double KL_WEIGHT = 1e-6;

    /** Relative to the largest number that went into a sum. */
    private static final double FLOAT32_ROUNDING = 0x1p-24;

    private static final double LEARNING_RATE = 1e-3;

    /** Gradients this much smaller than the largest are no more than the rounding of their sums. */
    private static final double ROUNDING = 1e-5;

    private static final Pattern FIRST_LOSS = Pattern.compile("(.+)\\.0\\.loss");

    @TestFactory
    Stream<DynamicTest> denoiserTrainsAsInTorch() {
        return Suite.find("*training*/expected.json").stream().flatMap(TrainingReferenceTest::targets);
    }

    @TestFactory
    Stream<DynamicTest> autoencoderHasTheLossAndGradientsOfTorch() {
        return Suite.find("*training*/vae").stream().flatMap(vae -> Stream.of(Intermediates.values())
                .map(intermediates -> dynamicTest(
                        Suite.name(vae) + " " + intermediates,
                        () -> Suite.with(
                                vae.resolveSibling("expected.safetensors"),
                                expected -> intermediates.during(() -> reconstructs(vae, expected))))));
    }

    /** What the backward pass does about the arrays between a block's input and its output. */
    private enum Intermediates {
        KEPT {
            @Override
            <T> T during(Supplier<T> step) {
                return Gradients.on(step);
            }
        },
        COMPUTED_AGAIN {
            @Override
            <T> T during(Supplier<T> step) {
                return Gradients.on(() -> GradientCheckpointing.during(step));
            }
        };

        abstract <T> T during(Supplier<T> step);
    }

    private static Stream<DynamicTest> targets(Path file) {
        return JsonConfig.read(file).values().keySet().stream()
                .map(FIRST_LOSS::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .flatMap(target -> Stream.of(Intermediates.values())
                        .map(intermediates -> dynamicTest(
                                file.getParent().getFileName() + " " + target + " " + intermediates,
                                () -> Suite.with(file.resolveSibling("expected.safetensors"), expected -> new Denoising(
                                                target, intermediates, JsonConfig.read(file), expected)
                                        .train(file.resolveSibling("unet"))))));
    }

    private static Void reconstructs(Path folder, Tensors expected) {
        JsonConfig numbers = JsonConfig.read(folder.resolveSibling("expected.json"));
        AutoencoderKl vae = AutoencoderKl.load(folder, expected.manager());
        vae.makeTrainable();
        NDArray image = expected.get("vae.image");
        LatentDistribution posterior = vae.encode(image);
        NDArray decoded = vae.decode(posterior.sample(expected.get("vae.noise")));
        assertClose("reconstruction", decoded, expected.get("vae.reconstruction"), TOLERANCE);
        long values = image.getShape().size() / image.getShape().get(0);
        VaeLossConfig perImage = new VaeLossConfig(VaeLossConfig.Reconstruction.L1, 0, 1, 0, KL_WEIGHT * values);
        VaeLoss.Value loss = new VaeLoss(perImage).of(image, decoded, posterior);
        assertNumber("reconstruction loss", loss.term("reconstruction"), numbers.number("vae.l1"));
        assertNumber("divergence", values * loss.term("kl"), numbers.number("vae.kl"));
        Gradients.backward(loss.total());
        assertGradients(vae.parameters(), "vae.grad.", expected);
        return null;
    }

    private static void assertNumber(String what, double actual, double expected) {
        assertClose(what, new double[] {actual}, new double[] {expected}, LOSS_TOLERANCE);
    }

    /** A gradient whose true value is zero, as that of a bias of keys, is rounding and nothing else. */
    private static void assertGradients(Map<String, Parameter> parameters, String prefix, Tensors expected) {
        double largest = parameters.keySet().stream()
                .mapToDouble(name -> largest(expected.get(prefix + name)))
                .max()
                .orElseThrow();
        parameters.forEach((name, parameter) -> {
            NDArray gradient = expected.get(prefix + name);
            double allowed = Math.max(TOLERANCE * largest(gradient), FLOAT32_ROUNDING * largest);
            double apart = largest(Gradients.of(parameter.value()).sub(gradient));
            assertThat(apart).as("gradient of " + name).isLessThanOrEqualTo(allowed);
        });
    }

    private static double largest(NDArray x) {
        return x.abs().max().getFloat();
    }

    /** The steps of one target. */
    private record Denoising(String target, Intermediates intermediates, JsonConfig losses, Tensors expected) {

        void train(Path folder) {
            UNet unet = UNetFiles.load(folder, expected.manager());
            unet.makeTrainable();
            int steps = 0;
            try (AdamW optimizer = new AdamW(unet.parameters(), AdamWConfig.DEFAULT)) {
                while (!losses.isNull(loss(steps))) {
                    assertNumber(loss(steps), backward(unet, target + "." + steps), losses.number(loss(steps)));
                    if (steps == 0) {
                        assertGradients(unet.parameters(), target + ".grad.", expected);
                    }
                    optimizer.step(LEARNING_RATE);
                    unet.parameters().values().forEach(Parameter::dropGradient);
                    steps++;
                }
            }
            assertWeights(unet, target + ".after" + steps + ".");
        }

        private String loss(int step) {
            return target + "." + step + ".loss";
        }

        private float backward(UNet unet, String step) {
            return intermediates.during(() -> {
                NDArray loss = Scope.keep(() -> unet.forward(
                                expected.get(step + ".x_t"),
                                expected.get(step + ".timesteps"),
                                expected.get(step + ".context"))
                        .sub(expected.get(step + ".target"))
                        .square()
                        .mean());
                Gradients.backward(loss);
                return loss.getFloat();
            });
        }

        /** Adam divides a gradient by its own size: where it is no more than rounding, so is the step. */
        private void assertWeights(UNet unet, String prefix) {
            unet.parameters().forEach((name, parameter) -> {
                NDArray weight = expected.get(prefix + name);
                NDArray gradient = expected.get(target + ".grad." + name);
                NDArray difference = parameter.value().sub(weight);
                NDArray determined = gradient.abs().gt(ROUNDING * largest(gradient));
                assertThat(largest(difference.mul(determined)))
                        .as(name)
                        .isLessThanOrEqualTo(TOLERANCE * largest(weight));
                assertThat(largest(difference)).as(name).isLessThan(LEARNING_RATE);
            });
        }
    }
}
