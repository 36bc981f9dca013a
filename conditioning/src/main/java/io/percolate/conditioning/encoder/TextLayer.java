package io.percolate.conditioning.encoder;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Kernels;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.LayerNorm;
import io.percolate.nn.layers.Linear;

/** A pre-norm transformer layer in which each token sees itself and those before it. */
final class TextLayer extends Layer {

    private final TextEncoderConfig.Transformer config;
    private final LayerNorm attentionNorm;
    private final Linear toQueries;
    private final Linear toKeys;
    private final Linear toValues;
    private final Linear toOut;
    private final LayerNorm feedForwardNorm;
    private final Linear widen;
    private final Linear narrow;

    TextLayer(TextEncoderConfig.Transformer config) {
        this.config = config;
        int width = config.width();
        // First values of OpenAI's CLIP: what is added to the residual stream shrinks with the number of layers.
        Initializer inward = Initializer.normal(1 / Math.sqrt(width));
        Initializer outward = Initializer.normal(1 / Math.sqrt(2.0 * config.layerCount() * width));
        attentionNorm = child("layer_norm1", new LayerNorm(width, config.layerNormEps()));
        toQueries = child("self_attn.q_proj", new Linear(width, width, true, inward));
        toKeys = child("self_attn.k_proj", new Linear(width, width, true, inward));
        toValues = child("self_attn.v_proj", new Linear(width, width, true, inward));
        toOut = child("self_attn.out_proj", new Linear(width, width, true, outward));
        feedForwardNorm = child("layer_norm2", new LayerNorm(width, config.layerNormEps()));
        widen = child(
                "mlp.fc1",
                new Linear(width, config.innerWidth(), true, Initializer.normal(1 / Math.sqrt(2.0 * width))));
        narrow = child("mlp.fc2", new Linear(config.innerWidth(), width, true, outward));
    }

    /** x (B,L,D) to (B,L,D). */
    NDArray forward(NDArray x) {
        return GradientCheckpointing.block(x, this::compute);
    }

    private NDArray compute(NDArray x) {
        return Scope.keep(() -> {
            NDArray h = x.add(attend(attentionNorm.forward(x)));
            return h.add(narrow.forward(config.activation().apply(widen.forward(feedForwardNorm.forward(h)))));
        });
    }

    private NDArray attend(NDArray x) {
        NDArray queries = toQueries.forward(x);
        NDArray keys = toKeys.forward(x);
        NDArray values = toValues.forward(x);
        return toOut.forward(Kernels.attention(queries, keys, values, config.headCount(), true));
    }
}
