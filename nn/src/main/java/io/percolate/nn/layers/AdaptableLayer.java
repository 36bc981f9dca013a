package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Scope;
import org.jspecify.annotations.Nullable;

/** A linear layer or convolution, to whose result an {@link Adapter} may add something. Without one, it costs nothing. */
public abstract class AdaptableLayer extends Layer {

    private @Nullable Adapter adapter;

    AdaptableLayer() {}

    /** What is added to a layer whose own weights are frozen. */
    @FunctionalInterface
    public interface Adapter {

        /** {@code y} and something more; x is what the layer made y of. */
        NDArray addTo(NDArray y, NDArray x);
    }

    /** From here on the result is what {@code other} makes of it; it stays the caller's. */
    public final void adapt(Adapter other) {
        adapter = other;
    }

    /** Shape of its weights: outputs, inputs, and of a convolution height and width of the window. */
    public abstract Shape weightShape();

    /** What this layer makes of {@code x} with other weights (R,in,...), and no bias. */
    public abstract NDArray reduce(NDArray x, Parameter weights);

    /** What a layer without a window makes of {@code x} with the weights (out,R,...), and no bias. */
    public abstract NDArray expand(NDArray x, Parameter weights);

    final boolean isAdapted() {
        return adapter != null;
    }

    /** What the adapter, if there is one, makes of the result {@code y} for {@code x}. */
    final NDArray adapted(NDArray y, NDArray x) {
        return adapter == null ? y : Scope.keep(() -> adapter.addTo(y, x));
    }
}
