package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Transformer blocks over the pixels of a feature map, with a residual around them all (Rombach et al. 2022,
 * section 3.3); names {@code norm proj_in transformer_blocks.i proj_out}.
 *
 * <p>The last projection starts as zero, so that an untrained layer passes its input on.
 */
public final class SpatialTransformer extends Layer {

    /** Published models normalise here with an eps of their own. */
    private static final double EPS = 1e-6;

    private final GroupNorm norm;
    private final Linear projIn;
    private final List<TransformerBlock> blocks;
    private final Linear projOut;

    /**
     * How the transformers of one network are built.
     *
     * @param groups groups of the normalisation before the projection
     * @param contextWidth width of the tokens attended to
     * @param linear whether the projections are linear layers or 1x1 convolutions: only the weight's shape differs
     * @param onlyCross whether the first attention, too, attends to the context instead of the pixels
     */
    public record Style(int groups, long contextWidth, boolean linear, boolean onlyCross) {}

    /** {@code depth} blocks over {@code channels}, which are split into {@code headCount} heads. */
    public SpatialTransformer(long channels, long headCount, int depth, Style style) {
        norm = child("norm", new GroupNorm(style.groups(), channels, EPS));
        projIn = child("proj_in", projection(channels, style, Initializer.fanIn(channels)));
        blocks = IntStream.range(0, depth)
                .mapToObj(i -> child("transformer_blocks." + i, new TransformerBlock(channels, headCount, style)))
                .toList();
        projOut = child("proj_out", projection(channels, style, Initializer.ZEROS));
    }

    /**
     * x (B,C,H,W) and context (B,L,contextWidth) to (B,C,H,W). Many blocks are each computed again by themselves: together
     * they would take more than all else of a step.
     */
    public NDArray forward(NDArray x, NDArray context) {
        return blocks.size() == 1 ? GradientCheckpointing.block(x, context, this::compute) : compute(x, context);
    }

    private NDArray compute(NDArray x, NDArray context) {
        return Scope.keep(() -> {
            NDArray tokens = GradientCheckpointing.block(x, this::tokens);
            for (TransformerBlock block : blocks) {
                try (NDArray before = tokens) {
                    tokens = GradientCheckpointing.block(before, context, block::forward);
                }
            }
            return GradientCheckpointing.block(x, tokens, this::added);
        });
    }

    private NDArray tokens(NDArray x) {
        return Scope.keep(() -> projIn.forward(Aten.pixelsToTokens(norm.forward(x))));
    }

    private NDArray added(NDArray x, NDArray tokens) {
        Shape shape = x.getShape();
        return Scope.keep(
                () -> Aten.addResidual(x, Aten.tokensToPixels(projOut.forward(tokens), shape.get(2), shape.get(3))));
    }

    private static Linear projection(long channels, Style style, Initializer initializer) {
        return style.linear()
                ? new Linear(channels, channels, true, initializer)
                : Linear.pointwise(channels, channels, initializer);
    }
}
