package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import org.jspecify.annotations.Nullable;

/** A table of vectors; parameter {@code weight} (N,D), normally distributed at first. */
public final class Embedding extends Layer {

    private final Parameter weight;
    private AdaptableLayer.@Nullable Adapter adapter;

    /** With the standard deviation 1 that torch's embeddings start from. */
    public Embedding(long count, long width) {
        this(count, width, 1);
    }

    /** Of {@code count} random vectors with the standard deviation {@code std}. */
    public Embedding(long count, long width, double std) {
        weight = parameter("weight", new Shape(count, width), Initializer.normal(std));
    }

    /** ids (...), of any whole number type, to (...,D). */
    public NDArray forward(NDArray ids) {
        NDArray vectors = Aten.embedding(weight.cast(), ids);
        return adapter == null ? vectors : Scope.keep(() -> adapter.addTo(vectors, ids));
    }

    /** From here on the vectors are what {@code other} makes of those of the table, and of their ids. */
    public void adapt(AdaptableLayer.Adapter other) {
        adapter = other;
    }

    /** The vectors of the table, (N,D). */
    public NDArray table() {
        return weight.value();
    }
}
