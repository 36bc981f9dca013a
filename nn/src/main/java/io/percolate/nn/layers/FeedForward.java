package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;

/** The gated feed-forward part of a transformer block (Shazeer 2020, GEGLU), four times as wide inside. */
public final class FeedForward extends Layer {

    private final Linear gated;
    private final Linear out;

    /** Names {@code net.0.proj} and {@code net.2}. */
    public FeedForward(long width) {
        gated = child("net.0.proj", new Linear(width, 2 * 4 * width));
        out = child("net.2", new Linear(4 * width, width));
    }

    /** x (B,L,D) to (B,L,D). */
    public NDArray forward(NDArray x) {
        return Scope.keep(() -> out.forward(gated.forwardGeglu(x)));
    }
}
