package io.percolate.vae.tiny;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Layer;

/** Pixels to latents; names {@code layers.N}. */
final class TinyEncoder extends Layer {

    private final TinyLayers layers;

    TinyEncoder(TinyConfig config) {
        layers = inline(new TinyLayers());
        layers.conv(config.channels().in(), config.width());
        for (int level = 0; level < config.encoderBlocks().size(); level++) {
            if (level > 0) {
                layers.halve(config.width());
            }
            layers.blocks(config.encoderBlocks().get(level), config.width());
        }
        layers.conv(config.width(), config.channels().latent());
    }

    /** Pixels (B,C,H,W) in [-1,1] to latents (B,E,h,w). */
    NDArray forward(NDArray pixels) {
        return Scope.keep(() -> layers.forward(Aten.affine(pixels, 0.5, 0.5)));
    }
}
