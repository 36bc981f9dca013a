package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.AttentionBlock;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.ResnetBlock;

/** The coarsest level: residual block, self-attention with one head, residual block. */
final class MidBlock extends Layer {

    private final ResnetBlock first;
    private final AttentionBlock attention;
    private final ResnetBlock second;

    MidBlock(VaeConfig config) {
        int width = config.blocks().innerWidth();
        ResnetBlock.Style style = Norm.style(config);
        first = child("resnets.0", new ResnetBlock(width, width, style));
        attention = config.blocks().midAttention()
                ? child(
                        "attentions.0",
                        new AttentionBlock(width, width, config.blocks().normGroups(), Norm.EPS))
                : null;
        second = child("resnets.1", new ResnetBlock(width, width, style));
    }

    /** x (B,C,h,w) to the same shape. */
    NDArray forward(NDArray x) {
        return Scope.keep(() -> {
            NDArray h = first.forward(x);
            return second.forward(attention == null ? h : attention.forward(h));
        });
    }
}
