package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;

/**
 * Self-attention, cross-attention and feed-forward, each normalised before and added after (Rombach et al.
 * 2022, table 16); names {@code norm1 attn1 norm2 attn2 norm3 ff}.
 */
public final class TransformerBlock extends Layer {

    private final LayerNorm norm1;
    private final Attention attention1;
    private final LayerNorm norm2;
    private final Attention attention2;
    private final LayerNorm norm3;
    private final FeedForward feedForward;
    private final boolean onlyCross;

    /** For tokens of {@code width}, split into {@code headCount} heads. */
    TransformerBlock(long width, long headCount, SpatialTransformer.Style style) {
        onlyCross = style.onlyCross();
        norm1 = child("norm1", new LayerNorm(width));
        attention1 = child("attn1", attention(width, onlyCross ? style.contextWidth() : width, headCount, style));
        norm2 = child("norm2", new LayerNorm(width));
        attention2 = child("attn2", attention(width, style.contextWidth(), headCount, style));
        norm3 = child("norm3", new LayerNorm(width));
        feedForward = child("ff", new FeedForward(width));
    }

    /** x (B,L,D) and context (B,S,contextWidth) to (B,L,D). */
    public NDArray forward(NDArray x, NDArray context) {
        return Scope.keep(() -> {
            NDArray first = norm1.forward(x);
            NDArray attended = Aten.addResidual(x, attention1.forward(first, onlyCross ? context : first));
            NDArray told = Aten.addResidual(attended, attention2.forward(norm2.forward(attended), context));
            return Aten.addResidual(told, feedForward.forward(norm3.forward(told)));
        });
    }

    private static Attention attention(long width, long contextWidth, long headCount, SpatialTransformer.Style style) {
        return new Attention(width, contextWidth, headCount, width / headCount, false);
    }
}
