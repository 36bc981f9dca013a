package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Resampling;
import io.percolate.nn.engine.Scope;

/**
 * Twice the size (Chen et al. 2024, figure 4): channels of a 3x3 convolution become 2x2 pixels, plus the same of the
 * input, each channel repeated as often as some are missing; parameter names {@code conv.*}.
 */
public final class ShortcutUpsample extends Layer {

    private static final int SIZE = 2;

    private final Conv2d conv;
    private final int times;

    /** From {@code in} channels to {@code out}. */
    public ShortcutUpsample(int in, int out) {
        conv = child("conv", new Conv2d(in, (long) SIZE * SIZE * out, 3));
        times = SIZE * SIZE * out / in;
    }

    /** x (B,in,H,W) to (B,out,2H,2W). */
    public NDArray forward(NDArray x) {
        return GradientCheckpointing.block(
                x,
                h -> Scope.keep(() -> {
                    NDArray shortcut = Resampling.depthToSpace(Resampling.repeatChannels(h, times), SIZE);
                    return Aten.addResidual(shortcut, Resampling.depthToSpace(conv.forward(h), SIZE));
                }));
    }
}
