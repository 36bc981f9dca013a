package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions and linear layers whose weights lie in the order that oneDNN's kernels read, so that no call has to
 * bring them into it. For inference on x86 processors; results equal those of {@link Aten} up to rounding.
 *
 * <p>Packed weights are opaque: they can be handed to the methods here and closed.
 */
public final class OneDnn {

    private static final ScriptModule MODULE = new ScriptModule("OneDnn", "onednn.py");

    private OneDnn() {}

    /** Packs w (out,in,k,k) for inputs of about the size of {@code x} (B,in,H,W). */
    public static NDArray packConvolution(NDArray w, Precision precision, Shape x, long stride, long padding) {
        return MODULE.call("pack_conv2d", w, precision.scalarType(), x.getShape(), stride, padding);
    }

    /** {@link Aten#conv2d} in channels-last order, which its result has too. */
    public static NDArray conv2d(NDArray x, NDArray packed, NDArray b, long stride, long padding) {
        return MODULE.call("conv2d", x, packed, b, stride, padding);
    }

    /** Packs w (out,in) or (out,in,1,1) for inputs of about {@code rows} rows. */
    public static NDArray packLinear(NDArray w, Precision precision, long rows) {
        return MODULE.call("pack_linear", w, precision.scalarType(), rows);
    }

    /** {@link Aten#linear}; b may be null. */
    public static NDArray linear(NDArray x, NDArray packed, @Nullable NDArray b) {
        return b == null ? MODULE.call("linear_no_bias", x, packed) : MODULE.call("linear", x, packed, b);
    }

    /** Packs the two halves of w (2D,in), which {@link #geglu} multiplies with one after the other. */
    public static NDList packHalves(NDArray w, Precision precision, long rows) {
        return new NDList(MODULE.call("pack_halves", w.getManager(), w, precision.scalarType(), rows));
    }

    /** {@code Aten.geglu(Aten.linear(x, w, b))} without the array of both halves; x (...,in) to (...,D). */
    public static NDArray geglu(NDArray x, NDList packedHalves, NDArray b) {
        return MODULE.call("geglu", x, packedHalves.toArray(NDArray[]::new), b);
    }
}
