package io.percolate.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Flops;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import org.junit.jupiter.api.Test;

class ArithmeticTest {

    /**
     * Over diffusers' U-Net 888 GFLOP were counted for convolutions, 466 for linear layers and 252 for attention. Here
     * the 1x1 convolutions around its 16 transformers, 51 GFLOP, count as the linear layers that they run as.
     */
    @Test
    void stableDiffusion1TakesWhatIsKnownOfIt() {
        Flops[] small = {atHeight(8), atHeight(16), atHeight(24)};
        Flops step = new Flops(
                        extrapolate(small[0].convolution(), small[1].convolution(), small[2].convolution()),
                        extrapolate(small[0].linear(), small[1].linear(), small[2].linear()),
                        extrapolate(small[0].attention(), small[1].attention(), small[2].attention()))
                .times(2);
        assertThat(step.total() / 1e9).isCloseTo(1606, withinPercentage(2));
        assertThat(step.attention() / 1e9).isCloseTo(252, withinPercentage(2));
        assertThat(step.convolution() / 1e9).isCloseTo(888 - 51, withinPercentage(2));
        assertThat(step.linear() / 1e9).isCloseTo(466 + 51, withinPercentage(2));
    }

    /** The arithmetic is a polynomial of degree two in the number of latents: n of them at 64, 128, 192 give 4096. */
    private static long extrapolate(long at64, long at128, long at192) {
        long n = 4096 / 64 - 1;
        return at64 + n * (at128 - at64) + n * (n - 1) / 2 * (at192 - 2 * at128 + at64);
    }

    /** One sample of height x 8 latents, with weights that are all the same zero and take no memory. */
    private static Flops atHeight(int height) {
        try (NDManager manager = TorchEngine.newManager();
                UNet unet = new UNet(UNetConfig.stableDiffusion1())) {
            NDArray zero = manager.zeros(new Shape(1));
            unet.parameters().values().forEach(parameter -> parameter.set(zero.broadcast(parameter.shape())));
            NDArray latents = manager.zeros(new Shape(1, 4, height, 8));
            DenoiserInputs text = DenoiserInputs.context(manager.zeros(new Shape(1, 77, 768)));
            return FlopCounter.count(() -> Gradients.off(() -> unet.forward(latents, manager.zeros(new Shape(1)), text))
                    .close());
        }
    }
}
