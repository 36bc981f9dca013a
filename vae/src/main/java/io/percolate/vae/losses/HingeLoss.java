package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;

/** The losses of a discriminator and of what it judges (Lim and Ye 2017), as float32 scalars. */
public final class HingeLoss {

    private HingeLoss() {}

    /** {@code (mean max(0, 1 - real) + mean max(0, 1 + fake)) / 2} of the logits of both. */
    public static NDArray discriminator(NDArray real, NDArray fake) {
        return Scope.keep(() -> Aten.scale(hinge(real, -1).add(hinge(fake, 1)), 0.5));
    }

    /** {@code -mean fake} of the logits of reconstructions. */
    public static NDArray generator(NDArray fake) {
        return Scope.keep(() -> Aten.scale(Aten.to(fake, Precision.FP32).mean(), -1));
    }

    private static NDArray hinge(NDArray logits, double sign) {
        return Aten.relu(Aten.affine(Aten.to(logits, Precision.FP32), sign, 1)).mean();
    }
}
