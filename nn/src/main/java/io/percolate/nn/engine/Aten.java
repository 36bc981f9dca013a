package io.percolate.nn.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The one door to native operators that DJL does not have.
 *
 * <p>Every method calls a few lines of TorchScript in {@code aten.py}, with autograd if the thread's
 * gradient mode is on ({@link Gradients}). Weights are cast to the activation's type, so a network
 * computes in the precision of its input: float32, or bfloat16 after {@link #to}. A bfloat16 array shows
 * as {@code UNKNOWN} in DJL; read its values only after casting back. Results belong to the first
 * argument's manager and to the innermost {@link Scope}. Thread-safe.
 */
public final class Aten {

    private static final ScriptModule MODULE = new ScriptModule("Aten", "aten.py");

    private Aten() {}

    /**
     * A copy of {@code x} in {@code precision}; unlike {@code NDArray.toType} it keeps the autograd graph. The copy
     * never shares memory with {@code x}, so it may outlive it.
     */
    public static NDArray to(NDArray x, Precision precision) {
        return call("to", x, precision.scalarType());
    }

    /** A copy of {@code x} in the element type of {@code other}. */
    public static NDArray like(NDArray x, NDArray other) {
        return call("like", x, other);
    }

    /** The rows from {@code first} up to {@code end} of {@code x} (B,...), not copied. */
    public static NDArray rows(NDArray x, long first, long end) {
        return call("rows", x, first, end);
    }

    /** A second handle on the same numbers as {@code x} and on the same place in the autograd graph. */
    static NDArray alias(NDArray x) {
        return call("alias", x);
    }

    /** Whether {@code x} has a place in an autograd graph, as a boolean scalar; DJL can only tell this of leaves. */
    static NDArray requiresGradient(NDArray x) {
        return call("requires_gradient", x);
    }

    /** {@code x w^T + b}; x (..., in), w (out, in) or with a bias also (out, in, 1, 1), b (out) or null. */
    public static NDArray linear(NDArray x, NDArray w, @Nullable NDArray b) {
        FlopCounter.linear(x.getShape(), w.getShape());
        return b == null ? call("linear_no_bias", x, w) : call("linear", x, w, b);
    }

    /** Two-dimensional convolution; x (B,C,H,W), w (out,C,k,k), b (out) or null. */
    public static NDArray conv2d(NDArray x, NDArray w, @Nullable NDArray b, long stride, long padding) {
        NDArray y =
                b == null ? call("conv2d_no_bias", x, w, stride, padding) : call("conv2d", x, w, b, stride, padding);
        FlopCounter.convolution(w.getShape(), y.getShape());
        return y;
    }

    /** Group normalisation (Wu and He 2018) over C/groups channels at a time; x (B,C,...). */
    public static NDArray groupNorm(NDArray x, long groups, NDArray w, NDArray b, double eps) {
        return call("group_norm", x, groups, w, b, eps);
    }

    /** {@code silu(groupNorm(x))}, in one array's memory unless gradients are recorded. */
    public static NDArray groupNormSilu(NDArray x, long groups, NDArray w, NDArray b, double eps) {
        return call("group_norm_silu", x, groups, w, b, eps);
    }

    /** Layer normalisation (Ba et al. 2016) over the last axis. */
    public static NDArray layerNorm(NDArray x, NDArray w, NDArray b, double eps) {
        return call("layer_norm", x, w, b, eps);
    }

    /** {@code x sigmoid(x)}. */
    public static NDArray silu(NDArray x) {
        return call("silu", x);
    }

    /** {@code x Phi(x)}, with the exact error function. */
    public static NDArray gelu(NDArray x) {
        return call("gelu", x);
    }

    /** {@code x} where it is positive, and 0 elsewhere. */
    public static NDArray relu(NDArray x) {
        return leakyRelu(x, 0);
    }

    /** {@code x} where it is positive, and {@code slope x} elsewhere. */
    public static NDArray leakyRelu(NDArray x, double slope) {
        return call("leaky_relu", x, slope);
    }

    /** {@code x sigmoid(1.702 x)}, CLIP's approximation of {@link #gelu}. */
    public static NDArray quickGelu(NDArray x) {
        return call("quick_gelu", x);
    }

    /** Gated unit (Shazeer 2020): the first half of the last axis times {@code gelu} of the second. */
    public static NDArray geglu(NDArray x) {
        return call("geglu", x);
    }

    /** {@code geglu(linear(x, w, b))}, whose halves are arrays of their own: their gradients need not be joined. */
    public static NDArray gegluOfLinear(NDArray x, NDArray w, NDArray b) {
        FlopCounter.linear(x.getShape(), w.getShape());
        return call("geglu_of_linear", x, w, b);
    }

    /** Nearest-neighbour interpolation to height x width; x (B,C,H,W). */
    public static NDArray upsampleNearest(NDArray x, long height, long width) {
        return call("upsample_nearest", x, height, width);
    }

    /** Limits every value to [min, max]; no gradient reaches those outside. */
    public static NDArray clamp(NDArray x, double min, double max) {
        return call("clamp", x, min, max);
    }

    /** Averages of squares of {@code size} pixels; x (B,C,H,W) to (B,C,H/size,W/size). */
    public static NDArray averagePool(NDArray x, long size) {
        return call("average_pool", x, size);
    }

    /** Each value along {@code axis} minus the one before it; the axis gets shorter by one. */
    public static NDArray differences(NDArray x, int axis) {
        return call("differences", x, axis);
    }

    /**
     * {@code x + residual}. Unless gradients are recorded, the result overwrites {@code residual}, which must be an
     * array that nobody else needs, such as the result of a block's last layer.
     */
    public static NDArray addResidual(NDArray x, NDArray residual) {
        return call("add_residual", x, residual);
    }

    /** Pads with zeros; {@code padding} is torch's order: last axis first, before and after. */
    public static NDArray pad(NDArray x, long... padding) {
        return call("pad", x, padding);
    }

    /** Adds an offset to each channel; x (B,C,H,W), offsets (B,C). */
    public static NDArray shift(NDArray x, NDArray offsets) {
        return call("shift", x, offsets);
    }

    /** {@code x (1 + a) + b} for each channel; x (B,C,H,W), a and b the halves of (B,2C). */
    public static NDArray scaleAndShift(NDArray x, NDArray scalesAndOffsets) {
        return call("scale_and_shift", x, scalesAndOffsets);
    }

    /** Joins two feature maps along their channels; (B,C,H,W) and (B,C',H,W) to (B,C+C',H,W). */
    public static NDArray concat(NDArray x, NDArray other) {
        return call("concat", x, other);
    }

    /** The rows of {@code w} (N,D) at {@code ids} (any whole number type): (..., D), owned as {@code ids} is. */
    public static NDArray embedding(NDArray w, NDArray ids) {
        return MODULE.call("embedding", ids.getManager(), w, ids)[0];
    }

    /** A feature map (B,C,H,W) as a sequence of pixels (B,HW,C). */
    public static NDArray pixelsToTokens(NDArray x) {
        return call("pixels_to_tokens", x);
    }

    /** A sequence of pixels (B,HW,C) as a feature map (B,C,H,W). */
    public static NDArray tokensToPixels(NDArray tokens, long height, long width) {
        return call("tokens_to_pixels", tokens, height, width);
    }

    /**
     * Sines and cosines of {@code t} at {@code width / 2} frequencies that fall geometrically from 1 towards
     * 1/10000 (Vaswani et al. 2017, section 3.5), in float32.
     *
     * @param t numbers of any type (...)
     * @param width number of sines and cosines
     * @param cosineFirst which half comes first
     * @param shift 1 to reach 1/10000 exactly with the last frequency, 0 to stop one step before it
     * @return (..., width)
     */
    public static NDArray sinusoids(NDArray t, long width, boolean cosineFirst, double shift) {
        return call("sinusoids", t, width, cosineFirst, shift);
    }

    /**
     * Normal numbers of mean 0 that repeat every 65,536, so that billions are ready at once: weights to measure
     * speed with, not to train from. They depend on the engine's seed.
     */
    public static NDArray repeatedNoise(NDManager manager, Shape shape, double std, Precision precision) {
        return MODULE.call("repeated_noise", manager, shape.getShape(), std, precision.scalarType())[0];
    }

    /** {@code factor x}. The number is part of the call: unlike that of {@code NDArray.mul}, it needs no memory. */
    public static NDArray scale(NDArray x, double factor) {
        return call("scale", x, factor);
    }

    /** {@code factor x + offset}, both numbers being part of the call. */
    public static NDArray affine(NDArray x, double factor, double offset) {
        return call("affine", x, factor, offset);
    }

    /** {@code a x + b y}, in the element type of x. */
    public static NDArray axpby(double a, NDArray x, double b, NDArray y) {
        return call("axpby", x, a, y, b);
    }

    /**
     * Calls a method of {@code aten.py} that returns one tensor.
     *
     * @param method the method's name
     * @param x the first argument; the result belongs to its manager
     * @param rest arrays, {@code NDArray[]}, {@code long}, {@code double}, {@code boolean} or {@code long[]}
     */
    static NDArray call(String method, NDArray x, Object... rest) {
        return MODULE.call(method, x, rest);
    }

    /** As {@link #call}, for methods that return a list of tensors. */
    static NDArray[] callForList(String method, NDArray[] xs, Object... rest) {
        return MODULE.callForList(method, xs, rest);
    }

    /** The rows of x (N,D) with the length 1; {@code eps} is added to the squares of their lengths. */
    public static NDArray unitRows(NDArray x, double eps) {
        return Scope.keep(
                () -> x.div(affine(x.square().sum(new int[] {1}, true), 1, eps).sqrt()));
    }
}
