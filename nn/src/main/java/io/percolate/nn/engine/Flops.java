package io.percolate.nn.engine;

/**
 * Arithmetic by kind, in floating-point operations: a multiplication and an addition are two.
 *
 * @param convolution of convolutions
 * @param linear of linear layers
 * @param attention of the two matrix products of each attention, without regard to causality
 */
public record Flops(long convolution, long linear, long attention) {

    /** No arithmetic. */
    public static final Flops NONE = new Flops(0, 0, 0);

    /** All kinds together. */
    public long total() {
        return convolution + linear + attention;
    }

    /** These and those of {@code other}. */
    public Flops plus(Flops other) {
        return new Flops(convolution + other.convolution, linear + other.linear, attention + other.attention);
    }

    /** These, {@code factor} times. */
    public Flops times(long factor) {
        return new Flops(factor * convolution, factor * linear, factor * attention);
    }
}
