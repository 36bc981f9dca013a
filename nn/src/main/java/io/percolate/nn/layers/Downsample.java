package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;

/** Halves height and width with a strided 3x3 convolution; parameter names {@code conv.*}. */
public final class Downsample extends Layer {

    private final Conv2d conv;
    private final boolean padRightAndBottom;

    /** Where the padding of the strided convolution goes. */
    public enum Padding {
        /** One pixel on every side: the U-Nets of Stable Diffusion. */
        SYMMETRIC,
        /** One pixel right and below: the autoencoder and the original DDPM. */
        RIGHT_AND_BOTTOM
    }

    /** Keeps the number of channels. */
    public Downsample(long channels, Padding padding) {
        padRightAndBottom = padding == Padding.RIGHT_AND_BOTTOM;
        conv = child("conv", new Conv2d(channels, channels, 3, 2, padRightAndBottom ? 0 : 1));
    }

    /** x (B,C,H,W) to (B,C,H/2,W/2). */
    public NDArray forward(NDArray x) {
        return GradientCheckpointing.cut(
                padRightAndBottom ? Scope.keep(() -> conv.forward(Aten.pad(x, 0, 1, 0, 1))) : conv.forward(x));
    }
}
