package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.ResnetBlock;
import io.percolate.vae.VaeConfig.Blocks;
import java.util.ArrayList;
import java.util.List;

/** One level of the decoder: one residual block more than the encoder has, then twice the size unless it is level 0. */
final class DecoderStage extends Layer {

    private final List<ResnetBlock> resnets = new ArrayList<>();
    private final LevelChange upsample;

    DecoderStage(VaeConfig config, int level) {
        Blocks blocks = config.blocks();
        int width = blocks.width(level);
        int in = level == blocks.levels() - 1 ? width : blocks.widthAfter(level + 1, level);
        for (int i = 0; i <= blocks.perLevel(); i++) {
            resnets.add(child("resnets." + i, new ResnetBlock(i == 0 ? in : width, width, Norm.style(config))));
        }
        upsample = level == 0 ? null : child("upsamplers.0", blocks.resizing().up(width, blocks.width(level - 1)));
    }

    /** x (B,in,H,W) to (B,C,2H,2W), C being what the next level expects, or (B,width,H,W) at level 0. */
    NDArray forward(NDArray x) {
        return Scope.keep(() -> {
            NDArray h = x;
            for (ResnetBlock resnet : resnets) {
                h = resnet.forward(h);
            }
            return upsample == null ? h : upsample.forward(h);
        });
    }
}
