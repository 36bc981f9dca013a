package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Resampling;
import io.percolate.nn.engine.Scope;

/**
 * Latents or images made smaller, then turned.
 *
 * @param scale of both sides, in (0, 1]
 * @param quarters of a circle, counter-clockwise
 */
public record SpatialTransform(double scale, int quarters) {

    /** Leaves everything as it is. */
    public static final SpatialTransform NONE = new SpatialTransform(1, 0);

    /** Latents (B,E,h,w), their sides rounded to whole numbers. */
    public NDArray latents(NDArray latents) {
        return apply(latents, 1);
    }

    /** Images (B,C,H,W) of the size that the transformed latents decode to. */
    public NDArray images(NDArray images, int downsamplingFactor) {
        return apply(images, downsamplingFactor);
    }

    private NDArray apply(NDArray x, int factor) {
        return equals(NONE) ? x : Scope.keep(() -> Resampling.turn(resized(x, factor), quarters));
    }

    private NDArray resized(NDArray x, int factor) {
        Shape shape = x.getShape();
        return Resampling.resize(x, side(shape.get(2), factor), side(shape.get(3), factor));
    }

    private long side(long length, int factor) {
        return factor * (long) Math.ceil(scale * (length / factor));
    }
}
