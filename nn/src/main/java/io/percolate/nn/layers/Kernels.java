package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.DotProductAttention;
import io.percolate.nn.engine.FlopCounter;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.OneDnn;
import io.percolate.nn.engine.Processor;
import io.percolate.nn.engine.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The one place that decides which native kernel serves a convolution, a linear layer or an attention.
 *
 * <p>The choices, each measured at the shapes of Stable Diffusion 1.5 and of the embedded model (numbers in
 * {@code docs/performance.md}):
 *
 * <ul>
 *   <li><b>Weights that train</b>: the engine's own operators, in its default layout. Channels-last or packed weights
 *       would have to be brought back for every gradient.
 *   <li><b>Prepacked convolution</b>: packed once, channels-last. The smaller the image, the more of a plain call goes
 *       into reordering weights.
 *   <li><b>Prepacked linear layer</b>: packed once. <b>Prepacked GEGLU</b>: as two half-size layers, with GELU and the
 *       product computed while a result is still in the cache.
 *   <li><b>Attention in bfloat16 without gradients</b>: on processors with tiles the engine's fused kernel; on others
 *       that kernel is no faster than in float32, and over {@value #MANY_TOKENS} tokens matrix products of one head
 *       and some hundred queries at a time are.
 *   <li><b>Any other attention</b>: the fused kernel in float32. Its gradient in bfloat16 takes over twice as long.
 *   <li><b>Not x86, bfloat16 without AVX-512, or not in the processor's memory</b>: the engine's operators on weights cast once.
 * </ul>
 */
public final class Kernels {

    private static final long MANY_TOKENS = 2048;
    private static final long QUERIES_AT_A_TIME = 512;

    private Kernels() {}

    /** x (B,C,H,W), w (out,C,k,k), b (out) or null. */
    public static NDArray conv2d(NDArray x, Parameter w, @Nullable Parameter b, long stride, long padding) {
        if (b == null || !packs(x, w)) {
            return Scope.keep(() -> Aten.conv2d(x, w.cast(), b == null ? null : b.cast(), stride, padding));
        }
        NDArray packed = w.packed(array ->
                        new NDList(OneDnn.packConvolution(array, w.precision(), x.getShape(), stride, padding)))
                .head();
        NDArray y = OneDnn.conv2d(x, packed, b.cast(), stride, padding);
        FlopCounter.convolution(w.shape(), y.getShape());
        return y;
    }

    /** x (...,in), w (out,in) or (out,in,1,1), b (out) or null. */
    public static NDArray linear(NDArray x, Parameter w, @Nullable Parameter b) {
        NDArray bias = b == null ? null : b.cast();
        if (!packs(x, w)) {
            return Scope.keep(() -> Aten.linear(x, w.cast(), bias));
        }
        FlopCounter.linear(x.getShape(), w.shape());
        NDArray packed = w.packed(array -> new NDList(OneDnn.packLinear(array, w.precision(), rows(x))))
                .head();
        return OneDnn.linear(x, packed, bias);
    }

    /** The first half of {@code linear(x, w, b)} times GELU of the second; x (...,in), w (2D,in), b (2D). */
    public static NDArray geglu(NDArray x, Parameter w, Parameter b) {
        if (!packs(x, w)) {
            return Scope.keep(() -> Aten.geglu(linear(x, w, b)));
        }
        FlopCounter.linear(x.getShape(), w.shape());
        NDList halves = w.packed(array -> OneDnn.packHalves(array, w.precision(), rows(x)));
        return OneDnn.geglu(x, halves, b.cast());
    }

    /** Attention of queries (B,L,D) to keys and values (B,S,D), see {@link DotProductAttention}. */
    public static NDArray attention(NDArray q, NDArray k, NDArray v, long headCount, boolean causal) {
        if (Gradients.areOn() || !isBfloat16(q)) {
            return DotProductAttention.inFloat32(q, k, v, headCount, causal);
        }
        if (Processor.hasBfloat16Tiles()) {
            return DotProductAttention.asGiven(q, k, v, headCount, causal);
        }
        return causal || k.getShape().get(1) < MANY_TOKENS
                ? DotProductAttention.inFloat32(q, k, v, headCount, causal)
                : DotProductAttention.inChunks(q, k, v, headCount, QUERIES_AT_A_TIME);
    }

    private static boolean packs(NDArray x, Parameter weight) {
        return weight.isPrepacked()
                && Processor.packs(weight.precision())
                && !x.getDevice().isGpu();
    }

    /** DJL has no name for the type. */
    private static boolean isBfloat16(NDArray x) {
        return x.getDataType() == DataType.UNKNOWN;
    }

    private static long rows(NDArray x) {
        Shape shape = x.getShape();
        return shape.size() / shape.get(shape.dimension() - 1);
    }
}
