package io.percolate.diffusion.unet;

import static io.percolate.nn.engine.GradientCheckpointing.cut;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.layers.Conv2d;
import io.percolate.nn.layers.Layer;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The way down of a U-Net, from the sample to the mid block: what a {@link UNet} begins with and what a ControlNet is a
 * copy of (Zhang et al. 2023, section 3.1). Names {@code conv_in time_embedding down_blocks mid_block}.
 */
public abstract class Contraction extends Layer {

    private final UNetConfig config;
    private final TimeEmbedding time;
    private final Conv2d convIn;
    private final List<DownBlock> down;
    private final MidBlock midBlock;

    /** The way down of a network of this shape. */
    protected Contraction(UNetConfig config) {
        this.config = config;
        List<Level> levels = config.levels();
        int last = levels.size() - 1;
        convIn = child("conv_in", new Conv2d(config.inChannels(), levels.get(0).channels(), 3));
        time = inline(new TimeEmbedding(config));
        down = IntStream.rangeClosed(0, last)
                .mapToObj(i -> child("down_blocks." + i, new DownBlock(config, i)))
                .toList();
        midBlock = child("mid_block", new MidBlock(config, levels.get(last)));
    }

    /** Its shape. */
    public final UNetConfig config() {
        return config;
    }

    /** Fails if an argument does not fit the config; the message says how to mend it. */
    final void check(NDArray sample, NDArray timesteps, DenoiserInputs inputs) {
        new InputCheck(config).check(sample, timesteps, inputs);
    }

    /** What every block sees, in the type of x (B,C,H,W). */
    final BlockInputs blockInputs(NDArray x, NDArray timesteps, DenoiserInputs inputs) {
        NDArray context = config.takesContext() ? cut(Aten.like(inputs.context(), x)) : null;
        return new BlockInputs(cut(time.forward(timesteps, inputs, x)), context);
    }

    /** x (B,C,H,W) as the first feature map (B,C',H,W). */
    final NDArray firstMap(NDArray x) {
        return convIn.forward(config.sample().centerInput() ? Aten.affine(x, 2, -1) : x);
    }

    /** The first feature map to that behind the mid block; every map on the way is left in {@code skips}. */
    final NDArray contract(NDArray firstMap, BlockInputs inputs, Skips skips) {
        NDArray h = skips.push(cut(firstMap));
        for (DownBlock block : down) {
            h = block.forward(h, inputs, skips);
        }
        return midBlock.forward(h, inputs);
    }

    /**
     * Every feature map of the way down, for networks that are built on it.
     *
     * @param sample noisy latents (B,C,H,W)
     * @param timesteps (B)
     * @param inputs what the config asks for
     * @param added to the first map (B,C',H,W), in which B may be 1
     */
    protected final Residuals maps(NDArray sample, NDArray timesteps, DenoiserInputs inputs, NDArray added) {
        check(sample, timesteps, inputs);
        NDArray x = asComputed(sample);
        Skips skips = new Skips();
        NDArray first = firstMap(x);
        NDArray mid = contract(first.add(Aten.like(added, first)), blockInputs(x, timesteps, inputs), skips);
        return new Residuals(skips.all(), mid);
    }
}
