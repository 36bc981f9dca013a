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
 *   <li><b>GEGLU whose weights train</b>: as two half-size layers as well, so that no gradients of halves are joined.
 *   <li><b>Attention in bfloat16, heads of {@value #WIDE_HEAD} and more channels, up to {@value #FEW_SCORES} scores</b>:
 *       matrix products, twice to three times as fast as the engine's fused kernel; more scores take too much memory.
 *   <li><b>Other attention in bfloat16 with gradients</b>: the fused kernel in float32; from {@value #KEYS_TO_TRAIN_FUSED}
 *       keys on in bfloat16.
 *   <li><b>Other attention in bfloat16 without gradients</b>: the fused kernel in float32; from {@value #KEYS_FOR_CHUNKS}
 *       keys on, matrix products of one head and some hundred queries at a time.
 *   <li><b>Attention in bfloat16 on a processor with tiles</b>: without gradients the fused kernel in bfloat16, whose
 *       gradient takes over twice as long as that of the one in float32.
 *   <li><b>Any other attention</b>, and on a processor without bfloat16 most of it: the fused kernel in float32.
 *   <li><b>Not x86, bfloat16 without AVX-512, or not in the processor's memory</b>: the engine's operators on weights cast once.
 * </ul>
 */
public final class Kernels {

    private static final long WIDE_HEAD = 32;
    private static final long FEW_SCORES = 1 << 24;
    private static final long KEYS_TO_TRAIN_FUSED = 1024;
    private static final long KEYS_FOR_CHUNKS = 2048;
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
            return Scope.keep(() -> Aten.gegluOfLinear(x, w.cast(), b.cast()));
        }
        FlopCounter.linear(x.getShape(), w.shape());
        NDList halves = w.packed(array -> OneDnn.packHalves(array, w.precision(), rows(x)));
        return OneDnn.geglu(x, halves, b.cast());
    }

    /** Attention of queries (B,L,D) to keys and values (B,S,D), see {@link DotProductAttention}. */
    public static NDArray attention(NDArray q, NDArray k, NDArray v, long headCount, boolean causal) {
        return switch (wayToAttend(q, k, headCount, causal)) {
            case FUSED_IN_FLOAT32 -> DotProductAttention.inFloat32(q, k, v, headCount, causal);
            case FUSED -> DotProductAttention.asGiven(q, k, v, headCount, causal);
            case PRODUCTS -> DotProductAttention.byProducts(q, k, v, headCount);
            case PRODUCTS_IN_CHUNKS -> DotProductAttention.inChunks(q, k, v, headCount, QUERIES_AT_A_TIME);
        };
    }

    private enum Way {
        FUSED_IN_FLOAT32,
        FUSED,
        PRODUCTS,
        PRODUCTS_IN_CHUNKS
    }

    private static Way wayToAttend(NDArray q, NDArray k, long headCount, boolean causal) {
        if (!isBfloat16(q)) {
            return Way.FUSED_IN_FLOAT32;
        }
        boolean products = !causal && suitProducts(q, k, headCount);
        long keys = k.getShape().get(1);
        return Gradients.areOn() ? wayToTrain(keys, products) : wayToInfer(keys, products, causal);
    }

    private static Way wayToTrain(long keys, boolean products) {
        if (products) {
            return Way.PRODUCTS;
        }
        boolean vectors = Processor.hasBfloat16() && !Processor.hasBfloat16Tiles();
        return keys >= KEYS_TO_TRAIN_FUSED && vectors ? Way.FUSED : Way.FUSED_IN_FLOAT32;
    }

    private static Way wayToInfer(long keys, boolean products, boolean causal) {
        if (Processor.hasBfloat16Tiles()) {
            return Way.FUSED;
        }
        if (keys >= KEYS_FOR_CHUNKS && !causal) {
            return Way.PRODUCTS_IN_CHUNKS;
        }
        return products ? Way.PRODUCTS : Way.FUSED_IN_FLOAT32;
    }

    private static boolean suitProducts(NDArray q, NDArray k, long headCount) {
        Shape queries = q.getShape();
        long scores = queries.get(0) * headCount * queries.get(1) * k.getShape().get(1);
        return Processor.hasBfloat16() && queries.get(2) / headCount >= WIDE_HEAD && scores <= FEW_SCORES;
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
