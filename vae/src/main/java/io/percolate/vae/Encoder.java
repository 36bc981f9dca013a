package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.GroupNorm;
import io.percolate.nn.layers.Layer;
import java.util.ArrayList;
import java.util.List;

/** Pixels to the moments of the posterior; names {@code conv_in down_blocks mid_block conv_norm_out conv_out}. */
final class Encoder extends Layer {

    private final Conv2d convIn;
    private final List<EncoderStage> stages = new ArrayList<>();
    private final MidBlock mid;
    private final GroupNorm normOut;
    private final Conv2d convOut;

    Encoder(VaeConfig config) {
        convIn =
                child("conv_in", new Conv2d(config.inChannels(), config.blocks().width(0), 3));
        for (int level = 0; level < config.blocks().levels(); level++) {
            stages.add(child("down_blocks." + level, new EncoderStage(config, level)));
        }
        mid = child("mid_block", new MidBlock(config));
        normOut = child("conv_norm_out", Norm.of(config, config.blocks().innerWidth()));
        convOut = child("conv_out", new Conv2d(config.blocks().innerWidth(), 2L * config.latentChannels(), 3));
    }

    /** Pixels (B,C,H,W) to mean and log-variance, (B,2E,h,w). */
    NDArray forward(NDArray pixels) {
        return Scope.keep(() -> {
            NDArray h = convIn.forward(pixels);
            for (EncoderStage stage : stages) {
                h = stage.forward(h);
            }
            return convOut.forward(normOut.forwardSilu(mid.forward(h)));
        });
    }
}
