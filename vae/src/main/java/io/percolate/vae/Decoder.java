package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.GroupNorm;
import io.percolate.nn.layers.Layer;
import java.util.ArrayList;
import java.util.List;

/** Latents to pixels; names {@code conv_in mid_block up_blocks conv_norm_out conv_out}, coarsest level first. */
final class Decoder extends Layer {

    private final Conv2d convIn;
    private final MidBlock mid;
    private final List<DecoderStage> stages = new ArrayList<>();
    private final GroupNorm normOut;
    private final Conv2d convOut;

    Decoder(VaeConfig config) {
        convIn = child(
                "conv_in", new Conv2d(config.latentChannels(), config.blocks().innerWidth(), 3));
        mid = child("mid_block", new MidBlock(config));
        for (int i = 0; i < config.blocks().levels(); i++) {
            stages.add(child(
                    "up_blocks." + i, new DecoderStage(config, config.blocks().levels() - 1 - i)));
        }
        normOut = child("conv_norm_out", Norm.of(config, config.blocks().width(0)));
        convOut = child(
                "conv_out",
                new Conv2d(config.blocks().width(0), config.channels().out(), 3));
    }

    /** Latents (B,E,h,w) to pixels (B,C,H,W). */
    NDArray forward(NDArray latents) {
        return Scope.keep(() -> {
            NDArray h = mid.forward(convIn.forward(latents));
            for (DecoderStage stage : stages) {
                h = stage.forward(h);
            }
            return convOut.forward(normOut.forwardSilu(h));
        });
    }
}
