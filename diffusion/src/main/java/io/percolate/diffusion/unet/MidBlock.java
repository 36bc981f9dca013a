package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.ResnetBlock;

/** The coarsest resolution: a residual block with attention after it, and another residual block. */
final class MidBlock extends BlockLayer {

    private final Block first;
    private final ResnetBlock second;

    MidBlock(UNetConfig config, Level coarsest) {
        super(config, coarsest.with(config.middle().attention()));
        first = config.middle().resnets() > 0 ? block(0, coarsest.channels()) : null;
        second = config.middle().resnets() > 1 ? resnet(1, coarsest.channels()) : null;
    }

    /** h (B,C,H,W) to (B,C,H,W). */
    NDArray forward(NDArray h, BlockInputs given) {
        return Scope.keep(() -> {
            NDArray one = first == null ? h : first.forward(h, given);
            return second == null ? one : second.forward(one, given.time());
        });
    }
}
