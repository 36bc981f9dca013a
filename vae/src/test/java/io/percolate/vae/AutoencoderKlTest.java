package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.testing.Reference;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutoencoderKlTest {

    private final NDManager manager = TorchEngine.newManager();
    private final AutoencoderKl vae = new AutoencoderKl(VaeConfig.of(List.of(8, 16, 16), 1, 4, 4));

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void free() {
        vae.close();
        manager.close();
    }

    @Test
    void latentsAreSmallerByTheDownsamplingFactor() {
        vae.initialise(manager, 1);
        NDArray pixels = manager.randomUniform(-1, 1, new Shape(2, 3, 24, 32));
        LatentDistribution posterior = Gradients.off(() -> vae.encode(pixels));
        assertThat(posterior.mean().getShape()).isEqualTo(new Shape(2, 4, 6, 8));
        assertThat(Gradients.off(() -> vae.decode(posterior.mode())).getShape()).isEqualTo(pixels.getShape());
    }

    @Test
    void sizesThatAreNotDivisibleAreRefused() {
        assertThatThrownBy(() -> vae.encode(manager.zeros(new Shape(1, 3, 24, 30))))
                .hasMessage("pixels (1, 3, 24, 30) but this autoencoder divides height and width by 4:"
                        + " crop or pad them to multiples of 4");
        assertThatThrownBy(() -> vae.encode(manager.zeros(new Shape(1, 4, 24, 24))))
                .hasMessageContaining("expects (B,3,height,width)");
        assertThatThrownBy(() -> vae.decodeScaled(manager.zeros(new Shape(1, 3, 6, 6))))
                .hasMessageContaining("expects (B,4,height,width)");
    }

    @Test
    void encodingAndDecodingLeaveOnlyTheirResults() {
        vae.initialise(manager, 1);
        NDArray pixels = manager.zeros(new Shape(1, 3, 16, 16));
        NDArray noise = manager.zeros(new Shape(1, 4, 4, 4));
        int before = manager.getManagedArrays().size();
        Gradients.off(() -> {
            LatentDistribution posterior = vae.encode(pixels);
            NDArray latents = vae.encodeScaled(pixels, noise);
            NDArray decoded = vae.decodeScaled(latents);
            assertThat(manager.getManagedArrays()).hasSize(before + 4);
            posterior.close();
            latents.close();
            decoded.close();
            return null;
        });
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void theScaleIsAppliedOnceOnTheWayInAndTakenBackOnceOnTheWayOut() {
        vae.initialise(manager, 1);
        AutoencoderKl scaled = vae.withLatentScale(new LatentScale(0.5, 0.25, List.of(), List.of()));
        NDArray pixels = manager.randomUniform(-1, 1, new Shape(1, 3, 16, 16));
        NDArray noise = manager.randomNormal(new Shape(1, 4, 4, 4));
        Scope.run(() -> Gradients.off(() -> {
            NDArray raw = vae.encode(pixels).sample(noise);
            NDArray latents = scaled.encodeScaled(pixels, noise);
            Reference.assertClose("latents", latents, raw.sub(0.25f).mul(0.5f), 1e-6);
            Reference.assertClose("pixels", scaled.decodeScaled(latents), vae.decode(raw), 1e-6);
            return null;
        }));
    }

    @Test
    void trainingInBf16ReachesEveryParameterAndLeavesNoArray() {
        vae.initialise(manager, 1);
        vae.makeTrainable();
        NDArray pixels = manager.randomUniform(-1, 1, new Shape(2, 3, 48, 48));
        NDArray noise = manager.randomNormal(new Shape(2, 4, 12, 12));
        VaeLoss loss = new VaeLoss(new VaeLossConfig(VaeLossConfig.Reconstruction.L2, 1, 4, 1, 1e-6));
        int before = manager.getManagedArrays().size();
        Scope.run(() -> Gradients.backward(Gradients.on(() -> {
            NDArray half = Aten.to(pixels, Precision.BF16);
            LatentDistribution posterior = vae.encode(half);
            NDArray decoded = vae.decode(Aten.like(posterior.sample(noise), half));
            return loss.of(pixels, decoded, posterior).total();
        })));
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(vae.parameters()).allSatisfy((name, parameter) -> assertGradient(parameter));
    }

    private static void assertGradient(Parameter parameter) {
        try (NDArray gradient = Gradients.of(parameter.value())) {
            assertThat(gradient).isNotNull();
            assertThat(gradient.toFloatArray()).doesNotContain(Float.NaN);
        }
    }
}
