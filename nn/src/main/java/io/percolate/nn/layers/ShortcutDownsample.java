package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Resampling;
import io.percolate.nn.engine.Scope;

/**
 * Half the size (Chen et al. 2024, figure 4): 2x2 pixels of a 3x3 convolution become channels, plus the same of the input,
 * averaged over as many neighbouring channels as are too many; parameter names {@code conv.*}.
 */
public final class ShortcutDownsample extends Layer {

    private static final int SIZE = 2;

    private final Conv2d conv;
    private final int averaged;

    /** From {@code in} channels to {@code out}. */
    public ShortcutDownsample(int in, int out) {
        conv = child("conv", new Conv2d(in, out / (SIZE * SIZE), 3));
        averaged = SIZE * SIZE * in / out;
    }

    /** x (B,in,H,W) to (B,out,H/2,W/2). */
    public NDArray forward(NDArray x) {
        return GradientCheckpointing.block(
                x,
                h -> Scope.keep(() -> {
                    NDArray shortcut = Resampling.channelMeans(Resampling.spaceToDepth(h, SIZE), averaged);
                    return Aten.addResidual(shortcut, Resampling.spaceToDepth(conv.forward(h), SIZE));
                }));
    }
}
