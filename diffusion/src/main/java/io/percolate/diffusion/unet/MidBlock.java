package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.ResnetBlock;

/** The coarsest resolution: a residual block with attention after it, and another residual block. */
final class MidBlock extends BlockLayer {

    private final Block first;
    private final ResnetBlock second;

    MidBlock(UNetConfig config, Level coarsest) {
        super(config, coarsest.with(config.midBlock().attention()));
        first = config.midBlock().resnets() > 0 ? block(0, coarsest.channels()) : null;
        second = config.midBlock().resnets() > 1 ? resnet(1, coarsest.channels()) : null;
    }

    /** h (B,C,H,W) to (B,C,H,W). */
    NDArray forward(NDArray h, BlockInputs inputs) {
        return Scope.keep(() -> {
            NDArray one = first == null ? h : first.forward(h, inputs);
            return second == null ? one : second.forward(one, inputs.time());
        });
    }
}
