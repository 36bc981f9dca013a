package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.ResnetBlock;
import io.percolate.vae.VaeConfig.Blocks;
import java.util.ArrayList;
import java.util.List;

/** One level of the encoder: residual blocks, then half the size unless it is the last level. */
final class EncoderStage extends Layer {

    private final List<ResnetBlock> resnets = new ArrayList<>();
    private final LevelChange downsample;

    EncoderStage(VaeConfig config, int level) {
        Blocks blocks = config.blocks();
        int width = blocks.width(level);
        int in = level == 0 ? width : blocks.widthAfter(level - 1, level);
        for (int i = 0; i < blocks.perLevel(); i++) {
            resnets.add(child("resnets." + i, new ResnetBlock(i == 0 ? in : width, width, Norm.style(config))));
        }
        downsample = level == blocks.levels() - 1
                ? null
                : child("downsamplers.0", blocks.resizing().down(width, blocks.width(level + 1)));
    }

    /** x (B,in,H,W) to (B,C,H/2,W/2), C being what the next level expects, or (B,width,H,W) at the last level. */
    NDArray forward(NDArray x) {
        return Scope.keep(() -> {
            NDArray h = x;
            for (ResnetBlock resnet : resnets) {
                h = resnet.forward(h);
            }
            return downsample == null ? h : downsample.forward(h);
        });
    }
}
