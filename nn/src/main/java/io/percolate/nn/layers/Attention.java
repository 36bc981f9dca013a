package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;

/**
 * Multi-head attention (Vaswani et al. 2017); names {@code to_q to_k to_v to_out.0}.
 *
 * <p>Self-attention when the context is the input itself, cross-attention otherwise.
 */
public final class Attention extends Layer {

    private final Linear toQueries;
    private final Linear toKeys;
    private final Linear toValues;
    private final Linear toOut;
    private final long headCount;

    /**
     * Builds the four projections.
     *
     * @param width D, the width of the input and of the result
     * @param contextWidth width of the tokens attended to
     * @param headCount number of heads
     * @param headDim width of one head
     * @param withBias whether queries, keys and values have a bias (the autoencoder's do, a U-Net's do not)
     */
    public Attention(long width, long contextWidth, long headCount, long headDim, boolean withBias) {
        this.headCount = headCount;
        long inner = headCount * headDim;
        toQueries = child("to_q", new Linear(width, inner, withBias));
        toKeys = child("to_k", new Linear(contextWidth, inner, withBias));
        toValues = child("to_v", new Linear(contextWidth, inner, withBias));
        toOut = child("to_out.0", new Linear(inner, width));
    }

    /** x (B,L,D) and context (B,S,contextWidth) to (B,L,D). */
    public NDArray forward(NDArray x, NDArray context) {
        return Scope.keep(() -> {
            NDArray queries = toQueries.forward(x);
            NDArray keys = toKeys.forward(context);
            NDArray values = toValues.forward(context);
            return toOut.forward(Kernels.attention(queries, keys, values, headCount, false));
        });
    }
}
