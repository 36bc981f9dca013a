package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.TimestepEmbedding;

/**
 * The time embedding, to which class labels and pooled text are added; names {@code time_embedding
 * class_embedding add_embedding}.
 */
final class TimeEmbedding extends Layer {

    private final EmbeddingConfig.Time style;
    private final int sinusoids;
    private final TimestepEmbedding time;
    private final ClassEmbedding classes;
    private final AddedConditioning pooled;

    TimeEmbedding(UNetConfig config) {
        style = config.embedding().time();
        sinusoids = config.levels().get(0).channels();
        int width = config.timeWidth();
        time = child(
                "time_embedding",
                new TimestepEmbedding(sinusoids, width, style.guidanceWidth().orElse(0)));
        classes = inline(new ClassEmbedding(config.classes(), this::sinusoids, sinusoids, width));
        pooled = config.pooledText()
                .map(text -> inline(new AddedConditioning(text, style, width)))
                .orElse(null);
    }

    /** timesteps (B) to the activated embedding (B,E), in the type of {@code sample}. */
    NDArray forward(NDArray timesteps, DenoiserInputs inputs, NDArray sample) {
        return Scope.keep(() -> {
            NDArray guidance = inputs.guidance() == null ? null : Aten.like(inputs.guidance(), sample);
            NDArray embedding = time.forward(Aten.like(sinusoids(timesteps), sample), guidance);
            embedding = classes.addTo(embedding, inputs.classes());
            embedding = pooled == null ? embedding : pooled.addTo(embedding, inputs);
            return Aten.silu(embedding);
        });
    }

    private NDArray sinusoids(NDArray numbers) {
        return Aten.sinusoids(numbers, sinusoids, style.cosineFirst(), style.frequencyShift());
    }
}
