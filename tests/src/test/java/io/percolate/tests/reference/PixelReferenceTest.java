package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.Denoiser;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.steps.Steps;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.tests.reference.Suite.Tensors;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Diffusion of pixels: steps of the model's own scheduler, with the noise of each step given. */
class PixelReferenceTest {

    private static final double TOLERANCE = 1e-3;

    @TestFactory
    Stream<DynamicTest> ancestralStepsEndWhereTheReferenceEnds() {
        return Suite.find("*/expected_parts.safetensors").stream()
                .filter(PixelReferenceTest::hasSteps)
                .map(file -> dynamicTest(
                        file.getParent().getFileName() + " ancestral steps",
                        () -> Suite.with(file, expected -> samples(file.getParent(), expected))));
    }

    private static void samples(Path model, Tensors expected) {
        SamplerConfig config = SchedulerFiles.load(model.resolve("scheduler"));
        UNet unet = UNetFiles.load(model.resolve("unet"), expected.manager());
        NDArray noise = expected.get("sample.noise");
        Steps steps = config.sampler()
                .steps(config.sigmaSchedule(), (int) noise.getShape().get(0));
        double[] timesteps = steps.list().stream()
                .mapToDouble(step -> step.from().timestep())
                .toArray();
        assertThat(timesteps).isEqualTo(expected.numbers("sample.timesteps"));
        NDArray end = config.sampler()
                .sample(
                        config.predictor(denoiser(unet)),
                        expected.get("sample.start"),
                        steps,
                        (i, like) -> noise.get(i));
        assertClose("pixels", end, expected.get("sample.final"), TOLERANCE);
    }

    private static Denoiser denoiser(UNet unet) {
        return (x, timestep) -> {
            float[] timesteps = new float[(int) x.getShape().get(0)];
            Arrays.fill(timesteps, (float) timestep);
            return unet.forward(x, x.getManager().create(timesteps), DenoiserInputs.none());
        };
    }

    private static boolean hasSteps(Path file) {
        try (SafeTensors tensors = SafeTensors.open(file)) {
            return tensors.has("sample.final");
        }
    }
}
