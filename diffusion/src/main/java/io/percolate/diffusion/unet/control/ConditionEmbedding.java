package io.percolate.diffusion.unet.control;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a control image down to the first feature map of a U-Net (Zhang et al. 2023, section 3.3); names {@code conv_in
 * blocks conv_out}, of which the last is zero at first.
 */
final class ConditionEmbedding extends Layer {

    private final List<Conv2d> activated = new ArrayList<>();
    private final Conv2d convOut;

    ConditionEmbedding(int channels, List<Integer> widths, int out) {
        activated.add(child("conv_in", new Conv2d(channels, widths.get(0), 3)));
        for (int i = 0; i + 1 < widths.size(); i++) {
            int width = widths.get(i);
            activated.add(child("blocks." + 2 * i, new Conv2d(width, width, 3)));
            activated.add(child("blocks." + (2 * i + 1), new Conv2d(width, widths.get(i + 1), 3, 2, 1)));
        }
        convOut = child("conv_out", Conv2d.zero(widths.get(widths.size() - 1), out, 3));
    }

    /** image (B,3,H,W) in [0,1] to (B,C,h,w). */
    NDArray forward(NDArray image) {
        return Scope.keep(() -> {
            NDArray h = image;
            for (Conv2d conv : activated) {
                h = Aten.silu(conv.forward(h));
            }
            return convOut.forward(h);
        });
    }
}
