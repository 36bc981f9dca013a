package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.layers.Embedding;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Linear;
import io.percolate.nn.layers.TimestepEmbedding;
import java.util.function.UnaryOperator;

/** Adds class labels to the time embedding; name {@code class_embedding}, if there is anything to learn. */
final class ClassEmbedding extends Layer {

    private final UnaryOperator<NDArray> embed;

    ClassEmbedding(ClassLabels labels, UnaryOperator<NDArray> sinusoids, int sinusoidCount, int width) {
        if (labels instanceof ClassLabels.Table table) {
            embed = learned(new Embedding(table.count(), width))::forward;
        } else if (labels instanceof ClassLabels.Number) {
            TimestepEmbedding number = learned(new TimestepEmbedding(sinusoidCount, width));
            embed = x -> number.forward(sinusoids.apply(x));
        } else if (labels instanceof ClassLabels.Projection projection) {
            embed = learned(new TimestepEmbedding(projection.width(), width))::forward;
        } else if (labels instanceof ClassLabels.LinearProjection projection) {
            embed = learned(new Linear(projection.width(), width))::forward;
        } else {
            embed = labels instanceof ClassLabels.Identity ? x -> x : null;
        }
    }

    /** embedding (B,E) plus what stands for {@code labels}, in the embedding's type. */
    NDArray addTo(NDArray embedding, NDArray labels) {
        return embed == null ? embedding : embedding.add(Aten.like(embed.apply(labels), embedding));
    }

    private <L extends Layer> L learned(L layer) {
        return child("class_embedding", layer);
    }
}
