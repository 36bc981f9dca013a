package io.percolate.vae.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Layer;

/** Latents to pixels; names {@code layers.N}. */
final class TinyDecoder extends Layer {

    private final double magnitude;
    private final TinyLayers layers;

    TinyDecoder(TinyConfig config) {
        magnitude = config.latentMagnitude();
        layers = inline(new TinyLayers());
        layers.conv(config.channels().latent(), config.width());
        layers.relu();
        int last = config.decoderBlocks().size() - 1;
        for (int level = 0; level < last; level++) {
            layers.blocks(config.decoderBlocks().get(level), config.width());
            layers.twice(config.width());
        }
        layers.blocks(config.decoderBlocks().get(last), config.width());
        layers.pixels(config.width(), config.channels().out());
    }

    /** Latents (B,E,h,w) to pixels (B,C,H,W) about [-1,1], not clipped. */
    NDArray forward(NDArray latents) {
        return Scope.keep(() -> {
            NDArray held = Aten.scale(Aten.scale(latents, 1 / magnitude).tanh(), magnitude);
            return Aten.affine(layers.forward(held), 2, -1);
        });
    }
}
