package io.percolate.nn.layers;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The residual block of the DDPM U-Net and of the autoencoder (Ho et al. 2020, appendix B; He et al. 2016):
 * norm, SiLU, convolution, plus the time embedding, norm, SiLU, convolution, plus the input.
 *
 * <p>Names: {@code norm1 conv1 time_emb_proj norm2 conv2 conv_shortcut}. The second convolution starts as
 * zero, so that an untrained block passes its input on.
 */
public final class ResnetBlock extends Layer {

    /** What the time embedding does to the feature map between the two convolutions. */
    public enum TimeUse {
        /** It is added to each channel. */
        SHIFT,
        /** It scales and shifts each channel after the normalisation (Dhariwal and Nichol 2021, section 3.1). */
        SCALE_AND_SHIFT
    }

    /** How the blocks of one network are built; {@code timeWidth} 0 means no time embedding. */
    public record Style(int groups, double eps, long timeWidth, TimeUse timeUse, double dropout) {

        /** A time embedding that shifts, and no dropout. */
        public Style(int groups, double eps, long timeWidth) {
            this(groups, eps, timeWidth, TimeUse.SHIFT, 0);
        }
    }

    private final GroupNorm norm1;
    private final Conv2d conv1;
    private final Linear timeProjection;
    private final GroupNorm norm2;
    private final Conv2d conv2;
    private final Conv2d shortcut;
    private final Style style;

    /** A block from {@code in} to {@code out} channels. */
    public ResnetBlock(long in, long out, Style style) {
        this.style = style;
        long timeOut = style.timeUse() == TimeUse.SHIFT ? out : 2 * out;
        norm1 = child("norm1", new GroupNorm(style.groups(), in, style.eps()));
        conv1 = child("conv1", new Conv2d(in, out, 3));
        timeProjection = style.timeWidth() == 0 ? null : child("time_emb_proj", new Linear(style.timeWidth(), timeOut));
        norm2 = child("norm2", new GroupNorm(style.groups(), out, style.eps()));
        conv2 = child("conv2", Conv2d.zero(out, out, 3));
        shortcut = in == out ? null : child("conv_shortcut", new Conv2d(in, out, 1));
    }

    /** For blocks without a time embedding; x (B,in,H,W) to (B,out,H,W). */
    public NDArray forward(NDArray x) {
        return forward(x, null);
    }

    /** x (B,in,H,W) and the time embedding after its SiLU, (B,timeWidth), to (B,out,H,W). */
    public NDArray forward(NDArray x, @Nullable NDArray activatedTime) {
        Dropout dropout = DropoutMasks.next(style.dropout());
        return GradientCheckpointing.block(x, activatedTime, (a, time) -> compute(a, time, dropout));
    }

    private NDArray compute(NDArray x, @Nullable NDArray activatedTime, Dropout dropout) {
        return Scope.keep(() -> {
            NDArray h = Scope.keep(() -> told(convolved(x), activatedTime));
            NDArray residual = conv2.forward(dropout.apply(h));
            return Aten.addResidual(shortcut == null ? x : shortcut.forward(x), residual);
        });
    }

    private NDArray convolved(NDArray x) {
        return Scope.keep(() -> conv1.forward(norm1.forwardSilu(x)));
    }

    /** Normalises {@code h}, applies the time embedding, and activates the result. */
    private NDArray told(NDArray h, NDArray activatedTime) {
        if (timeProjection == null) {
            return norm2.forwardSilu(h);
        }
        NDArray time = timeProjection.forward(activatedTime);
        return style.timeUse() == TimeUse.SHIFT
                ? norm2.forwardSilu(Aten.shift(h, time))
                : Aten.silu(Aten.scaleAndShift(norm2.forward(h), time));
    }
}
