package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;

/**
 * Multi-head scaled dot-product attention (Vaswani et al. 2017, eq. 1), computed in four ways. Queries are (B,L,D),
 * keys and values (B,S,D), results (B,L,D); D is split into {@code headCount} heads.
 */
public final class DotProductAttention {

    private DotProductAttention() {}

    /** Computed in float32, whatever the type of the arguments; if {@code causal}, position i sees positions up to i. */
    public static NDArray inFloat32(NDArray q, NDArray k, NDArray v, long headCount, boolean causal) {
        FlopCounter.attention(q.getShape(), k.getShape());
        return Aten.call("attention", q, k, v, headCount, causal);
    }

    /** Computed in the type of the arguments; if {@code causal}, position i sees positions up to i. */
    public static NDArray asGiven(NDArray q, NDArray k, NDArray v, long headCount, boolean causal) {
        FlopCounter.attention(q.getShape(), k.getShape());
        return Aten.call("attention_as_given", q, k, v, headCount, causal);
    }

    /**
     * Computed in the type of the arguments, with the scores of all queries at once; for its gradient, weights take the
     * memory of B x headCount x L x S numbers.
     */
    public static NDArray byProducts(NDArray q, NDArray k, NDArray v, long headCount) {
        FlopCounter.attention(q.getShape(), k.getShape());
        return Aten.call("attention_by_products", q, k, v, headCount);
    }

    /** Computed in the type of the arguments, one head and {@code chunk} queries at a time. */
    public static NDArray inChunks(NDArray q, NDArray k, NDArray v, long headCount, long chunk) {
        FlopCounter.attention(q.getShape(), k.getShape());
        return Aten.call("attention_in_chunks", q, k, v, headCount, chunk);
    }
}
