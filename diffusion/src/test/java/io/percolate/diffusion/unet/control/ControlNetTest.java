package io.percolate.diffusion.unet.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.Residuals;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.random.NoiseSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlNetTest {

    private static final UNetConfig UNET = UNetConfig.small(4, 16, 32).withSampleSize(16);

    private final NDManager manager = TorchEngine.newManager();
    private final NoiseSource random = NoiseSource.seeded(7);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void thePublishedShapeHasThePublishedNumberOfParameters() {
        ControlNet network = new ControlNet(ControlNetConfig.of(UNetConfig.stableDiffusion1(), 8));
        assertThat(network.parameterCount()).isEqualTo(361_279_120);
    }

    @Test
    void anUntrainedNetworkLeavesThePredictionAsItIsToTheLastBit() {
        UNet unet = scattered(new UNet(UNET));
        ControlNet control = new ControlNet(ControlNetConfig.of(UNET, 4));
        control.initialise(manager, 1);
        Gradients.off(() -> {
            NDArray x = normal(2, 4, 16, 16);
            DenoiserInputs inputs = DenoiserInputs.context(normal(2, 5, 32));
            NDArray timesteps = manager.create(new float[] {3, 700});
            Residuals residuals = control.forward(x, timesteps, inputs, control.embed(normal(1, 3, 64, 64)));
            float[] steered = unet.forward(x, timesteps, inputs, residuals).toFloatArray();
            assertThat(steered).isEqualTo(unet.forward(x, timesteps, inputs).toFloatArray());
            return null;
        });
    }

    @Test
    void oneImageForAllSamplesIsOneForEach() {
        ControlNet control = scattered(new ControlNet(ControlNetConfig.of(UNET, 2)));
        Gradients.off(() -> {
            NDArray x = normal(2, 4, 16, 16);
            DenoiserInputs inputs = DenoiserInputs.context(normal(2, 5, 32));
            NDArray timesteps = manager.create(new float[] {3, 700});
            NDArray image = normal(1, 3, 32, 32);
            NDArray one =
                    control.forward(x, timesteps, inputs, control.embed(image)).mid();
            NDArray each = control.forward(x, timesteps, inputs, control.embed(image.repeat(0, 2)))
                    .mid();
            assertThat(one.sub(each).abs().max().getFloat())
                    .isLessThan(1e-5f * each.abs().max().getFloat());
            return null;
        });
    }

    @Test
    void residualsAddUpAndScale() {
        Residuals one = new Residuals(List.of(manager.create(1f)), manager.create(2f));
        Residuals sum = one.plus(one.times(0.5)).plus(Residuals.NONE);
        assertThat(sum.skips().get(0).getFloat()).isEqualTo(1.5f);
        assertThat(sum.mid().getFloat()).isEqualTo(3);
        assertThat(Residuals.NONE.plus(one)).isEqualTo(one);
        assertThat(Residuals.NONE.times(2)).isEqualTo(Residuals.NONE);
    }

    @Test
    void aCallLeavesNoArraysButItsResult() {
        ControlNet control = scattered(new ControlNet(ControlNetConfig.of(UNET, 1)));
        Gradients.off(() -> {
            NDArray x = normal(1, 4, 16, 16);
            DenoiserInputs inputs = DenoiserInputs.context(normal(1, 5, 32));
            NDArray timesteps = manager.create(new float[] {3});
            NDArray embedded = control.embed(normal(1, 3, 16, 16));
            int before = manager.getManagedArrays().size();
            Residuals residuals = control.forward(x, timesteps, inputs, embedded);
            int results = residuals.skips().size() + 1;
            assertThat(manager.getManagedArrays()).hasSize(before + results);
            return null;
        });
    }

    @Test
    void otherImagesAndSizesAreRefused() {
        ControlNet control = new ControlNet(ControlNetConfig.of(UNET, 8));
        assertThatThrownBy(() -> control.embed(normal(1, 1, 16, 16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(1, 1, 16, 16)")
                .hasMessageContaining("(batch, 3, height, width)");
        assertThatThrownBy(() -> ControlNetConfig.of(UNET, 6)).hasMessageContaining("6 pixels per latent");
        assertThatThrownBy(() -> ControlNetConfig.of(UNET, 3, List.of())).hasMessageContaining("widths []");
        assertThatThrownBy(() -> ControlNetConfig.of(UNET, 3, List.of(8, 0))).hasMessageContaining("positive");
    }

    private <L extends Layer> L scattered(L network) {
        network.shapes()
                .forEach((name, shape) -> network.assign(
                        name, random.normal(manager, shape, DataType.FLOAT32).mul(0.1f)));
        return network;
    }

    private NDArray normal(long... shape) {
        return random.normal(manager, new Shape(shape), DataType.FLOAT32);
    }
}
