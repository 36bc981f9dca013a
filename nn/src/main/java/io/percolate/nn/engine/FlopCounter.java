package io.percolate.nn.engine;

import ai.djl.ndarray.types.Shape;

/**
 * Counts the arithmetic of a forward pass from the shapes that its operators meet.
 *
 * <p>Convolutions, linear layers and attention are counted: all else is negligible beside them. Counting belongs to
 * the thread and is off unless {@link #count} runs.
 */
public final class FlopCounter {

    private static final ThreadLocal<Flops> COUNT = new ThreadLocal<>();

    private FlopCounter() {}

    /** The arithmetic of what {@code body} does on this thread. */
    public static Flops count(Runnable body) {
        Flops before = COUNT.get();
        COUNT.set(Flops.NONE);
        try {
            body.run();
            return COUNT.get();
        } finally {
            COUNT.set(before);
        }
    }

    /** x (..., in) times a weight (out, in, ...). */
    public static void linear(Shape x, Shape weight) {
        add(new Flops(0, 2 * x.size() * weight.get(0), 0));
    }

    /** A weight (out, in, k, k) that makes y (B, out, H, W). */
    public static void convolution(Shape weight, Shape y) {
        add(new Flops(2 * y.size() * (weight.size() / weight.get(0)), 0, 0));
    }

    /** Queries (B, L, D) and keys (B, S, D): scores, and the mean of the values. */
    static void attention(Shape queries, Shape keys) {
        add(new Flops(0, 0, 4 * queries.size() * keys.get(1)));
    }

    private static void add(Flops more) {
        Flops sum = COUNT.get();
        if (sum != null) {
            COUNT.set(sum.plus(more));
        }
    }
}
