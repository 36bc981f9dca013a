package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;

/**
 * Residual self-attention over the pixels of a feature map (Ho et al. 2020, appendix B); names {@code
 * group_norm to_q to_k to_v to_out.0}.
 */
public final class AttentionBlock extends Layer {

    private final GroupNorm norm;
    private final Attention attention;

    /** {@code channels} split into heads of {@code headDim}. */
    public AttentionBlock(long channels, long headDim, int groups, double eps) {
        norm = child("group_norm", new GroupNorm(groups, channels, eps));
        attention = inline(new Attention(channels, channels, channels / headDim, headDim, true));
    }

    /** x (B,C,H,W) to (B,C,H,W). */
    public NDArray forward(NDArray x) {
        return GradientCheckpointing.block(x, this::compute);
    }

    private NDArray compute(NDArray x) {
        return Scope.keep(() -> {
            Shape shape = x.getShape();
            NDArray tokens = norm.forward(x)
                    .reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3))
                    .transpose(0, 2, 1);
            NDArray attended = attention.forward(tokens, tokens).transpose(0, 2, 1);
            return Aten.addResidual(x, attended.reshape(shape));
        });
    }
}
