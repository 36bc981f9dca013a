package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.TimestepEmbedding;

/** Adds a pooled text state and size numbers to the time embedding (Podell et al. 2023, section 2.2). */
final class AddedConditioning extends Layer {

    private final int numberWidth;
    private final EmbeddingConfig.Time style;
    private final TimestepEmbedding embedding;

    AddedConditioning(EmbeddingConfig.PooledText text, EmbeddingConfig.Time style, int width) {
        this.style = style;
        numberWidth = text.numberWidth();
        embedding = child("add_embedding", new TimestepEmbedding(text.inputWidth(), width));
    }

    /** time (B,E) plus the embedding of pooled state and sinusoids of the sizes, in the time's type. */
    NDArray addTo(NDArray time, DenoiserInputs inputs) {
        NDArray numbers = Aten.sinusoids(inputs.sizes(), numberWidth, style.cosineFirst(), style.frequencyShift());
        NDArray flat = numbers.reshape(numbers.getShape().get(0), -1);
        NDArray joined = Aten.concat(Aten.like(inputs.pooled(), flat), flat);
        return time.add(embedding.forward(Aten.like(joined, time)));
    }
}
