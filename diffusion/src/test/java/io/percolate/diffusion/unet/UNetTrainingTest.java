package io.percolate.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdamW;
import io.percolate.nn.optim.AdamWConfig;
import io.percolate.weights.safetensors.SafeTensors;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three steps of AdamW as torch takes them: the reference's {@code training/}, tolerances as in its README. */
class UNetTrainingTest {

    private static final Path TRAINING = Path.of(System.getProperty("percolate.testdata"), "training");

    private static final double LEARNING_RATE = 1e-3;

    private final NDManager manager = TorchEngine.newManager();
    private final JsonConfig losses = JsonConfig.read(TRAINING.resolve("expected.json"));
    private final SafeTensors expected = SafeTensors.open(TRAINING.resolve("expected.safetensors"));
    private final UNet unet = UNetFiles.load(TRAINING.resolve("unet"), manager);

    @AfterEach
    void close() {
        unet.close();
        expected.close();
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epsilon", "v_prediction", "sample"})
    void lossesGradientsAndWeightsAreThoseOfTheReference(String target) {
        unet.makeTrainable();
        try (AdamW optimizer = new AdamW(unet.parameters(), AdamWConfig.DEFAULT)) {
            for (int step = 0; step < 3; step++) {
                String name = target + "." + step;
                assertThat((double) backward(name)).isCloseTo(losses.number(name + ".loss"), within(1e-5));
                if (step == 0) {
                    unet.parameters().forEach((parameter, value) -> assertGradient(value, target, parameter));
                }
                optimizer.step(LEARNING_RATE);
                unet.parameters().values().forEach(parameter -> Gradients.clear(parameter.value()));
            }
        }
        Gradients.off(() -> {
            unet.parameters().forEach((name, parameter) -> assertTrained(parameter, target, name));
            return null;
        });
    }

    private float backward(String step) {
        NDArray loss = Gradients.on(() -> Scope.keep(() -> {
            NDArray out = unet.forward(read(step + ".x_t"), read(step + ".timesteps"), read(step + ".context"));
            return out.sub(read(step + ".target")).square().mean();
        }));
        try (loss) {
            Gradients.backward(loss);
            return loss.getFloat();
        }
    }

    private void assertGradient(Parameter parameter, String target, String name) {
        NDArray reference = read(target + ".grad." + name);
        try (NDArray gradient = Gradients.of(parameter.value())) {
            assertThat(largest(gradient.sub(reference))).as(name).isLessThanOrEqualTo(1e-4f * largest(reference));
        }
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
}
