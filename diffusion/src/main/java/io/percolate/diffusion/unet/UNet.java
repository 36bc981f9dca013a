package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.GroupNorm;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The denoiser of latent and pixel-space diffusion: a way down through coarser and coarser feature maps and a
 * way up that is fed each of them again (Ronneberger et al. 2015; Ho et al. 2020, appendix B; Rombach et al.
 * 2022, section 3.3). Its parameters are named as in diffusers' {@code UNet2DConditionModel} and {@code
 * UNet2DModel}.
 *
 * <p>It computes in the type of the sample and answers in float32. Heights and widths that do not divide by the
 * levels' factor are allowed. Thread-safe; run inference under {@link io.percolate.nn.engine.Gradients#off}.
 */
public final class UNet extends Contraction {

    private final List<UpBlock> up;
    private final GroupNorm normOut;
    private final Conv2d convOut;

    /** A network without values: initialise it or load some. */
    public UNet(UNetConfig config) {
        super(config);
        int last = config.levels().size() - 1;
        int width = config.levels().get(0).channels();
        up = IntStream.rangeClosed(0, last)
                .mapToObj(i -> child("up_blocks." + i, new UpBlock(config, last - i)))
                .toList();
        normOut = child(
                "conv_norm_out",
                new GroupNorm(
                        config.resnets().normGroups(), width, config.resnets().normEps()));
        convOut = child("conv_out", Conv2d.zero(width, config.outChannels(), 3));
    }

    /** {@link #forward(NDArray, NDArray, DenoiserInputs)} with a context (B,L,D) only, or with null for none. */
    public NDArray forward(NDArray sample, NDArray timesteps, @Nullable NDArray context) {
        return forward(sample, timesteps, DenoiserInputs.context(context));
    }

    /** {@link #forward(NDArray, NDArray, DenoiserInputs, Residuals)} by itself. */
    public NDArray forward(NDArray sample, NDArray timesteps, DenoiserInputs inputs) {
        return forward(sample, timesteps, inputs, Residuals.NONE);
    }

    /**
     * Predicts what it was trained to predict: the noise, the velocity or the clean sample.
     *
     * @param sample noisy latents or pixels (B,C,H,W)
     * @param timesteps (B), whole or fractional
     * @param inputs what the config asks for
     * @param residuals what is added to its feature maps; they stay the caller's
     * @return the prediction (B,C',H,W) in float32
     * @throws IllegalArgumentException if an argument does not fit the config; the message says how to mend it
     */
    public NDArray forward(NDArray sample, NDArray timesteps, DenoiserInputs inputs, Residuals residuals) {
        check(sample, timesteps, inputs);
        return use(() -> Scope.keep(() -> {
            NDArray x = asComputed(sample);
            BlockInputs blockInputs = blockInputs(x, timesteps, inputs);
            Skips skips = new Skips();
            NDArray h = residuals.addTo(contract(firstMap(x), blockInputs, skips), skips);
            for (UpBlock block : up) {
                h = block.forward(h, blockInputs, skips);
            }
            return Aten.to(convOut.forward(normOut.forwardSilu(h)), Precision.FP32);
        }));
    }
}
