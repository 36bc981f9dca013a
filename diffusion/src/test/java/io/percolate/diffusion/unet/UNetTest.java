package io.percolate.diffusion.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UNetTest {

    private final NDManager manager = TorchEngine.newManager();

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void publishedShapesHaveThePublishedNumberOfParameters() {
        assertThat(new UNet(UNetConfig.stableDiffusion1()).parameterCount()).isEqualTo(859_520_964);
        assertThat(new UNet(UNetConfig.stableDiffusion2()).parameterCount()).isEqualTo(865_910_724);
        assertThat(new UNet(UNetConfig.stableDiffusionXl()).parameterCount()).isEqualTo(2_567_463_684L);
        assertThat(new UNet(UNetConfig.ddpmCifar10()).parameterCount()).isEqualTo(35_746_307);
    }

    @Test
    void anUntrainedNetworkPredictsZero() {
        UNet unet = tiny();
        NDArray out = Gradients.off(() -> unet.forward(sample(8, 8), timesteps(), context()));
        assertThat(out.toFloatArray()).hasSize(2 * 4 * 8 * 8).containsOnly(0);
    }

    @Test
    void everyParameterGetsAGradient() {
        UNet unet = tiny();
        scatter(unet);
        unet.makeTrainable();
        NDArray loss = Gradients.on(() -> Scope.keep(() ->
                unet.forward(sample(8, 8), timesteps(), context()).square().mean()));
        Gradients.backward(loss);
        unet.parameters().forEach((name, parameter) -> {
            try (NDArray gradient = Gradients.of(parameter.value())) {
                assertThat(gradient).as(name).isNotNull();
                assertThat(gradient.abs().sum().getFloat()).as(name).isPositive();
            }
        });
    }

    @Test
    void oddSizesComeBackAsTheyWere() {
        UNet unet = tiny();
        NDArray out = Gradients.off(() -> unet.forward(sample(7, 9), timesteps(), context()));
        assertThat(out.getShape()).isEqualTo(new Shape(2, 4, 7, 9));
    }

    @Test
    void bfloat16AgreesWithFloat32ToItsPrecision() {
        UNet unet = tiny();
        scatter(unet);
        NDArray x = sample(8, 8);
        NDArray context = context();
        NDArray exact = Gradients.off(() -> unet.forward(x, timesteps(), context));
        NDArray rounded = Gradients.off(() -> unet.forward(Aten.to(x, Precision.BF16), timesteps(), context));
        float scale = exact.abs().max().getFloat();
        assertThat(rounded.sub(exact).abs().max().getFloat()).isLessThan(0.05f * scale);
    }

    @Test
    void aForwardPassLeavesOnlyItsResult() {
        UNet unet = tiny();
        NDArray x = sample(8, 8);
        NDArray t = timesteps();
        NDArray context = context();
        int before = manager.getManagedArrays().size();
        try (NDArray out = Gradients.off(() -> unet.forward(x, t, context))) {
            assertThat(manager.getManagedArrays()).hasSize(before + 1).contains(out);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void wrongArgumentsAreNamedWithTheWayOut() {
        UNet inpainting = new UNet(UNetConfig.stableDiffusion1().withChannels(9, 4));
        NDArray latents = manager.zeros(new Shape(1, 4, 8, 8));
        NDArray t = manager.ones(new Shape(1));
        assertThatThrownBy(() -> inpainting.forward(latents, t, (NDArray) null))
                .hasMessage("latents (1,4,8,8) but this U-Net expects 9 channels: it is an inpainting model, "
                        + "pass an image and a mask");
        UNet plain = new UNet(UNetConfig.stableDiffusion1());
        assertThatThrownBy(() -> plain.forward(latents, t, manager.zeros(new Shape(1, 77, 1024))))
                .hasMessageContaining("context (1,77,1024) but this U-Net expects (1, length, 768)");
        assertThatThrownBy(() -> plain.forward(latents, t, (NDArray) null)).hasMessageContaining("no context");
    }

    private UNet tiny() {
        List<Level> levels =
                List.of(Level.context(16, 1, 2, 1), Level.context(32, 1, 4, 2).with(BlockAttention.NONE));
        UNet unet = new UNet(UNetPresets.latent(8, levels, 8, new TransformerConfig(12, false, false)));
        unet.initialise(manager, 1);
        return unet;
    }

    /** Random values also for what starts as zero, so that nothing is switched off. */
    private void scatter(UNet unet) {
        unet.parameters()
                .forEach((name, parameter) ->
                        parameter.set(manager.randomNormal(0, 0.2f, parameter.shape(), DataType.FLOAT32)));
    }

    private NDArray sample(int height, int width) {
        return manager.randomNormal(new Shape(2, 4, height, width));
    }

    private NDArray timesteps() {
        return manager.create(new float[] {3, 999});
    }

    private NDArray context() {
        return manager.randomNormal(new Shape(2, 5, 12));
    }
}
