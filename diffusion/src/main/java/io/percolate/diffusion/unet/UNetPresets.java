package io.percolate.diffusion.unet;

import io.percolate.diffusion.unet.UNetConfig.Blocks;
import io.percolate.diffusion.unet.UNetConfig.Family;
import io.percolate.diffusion.unet.UNetConfig.PooledText;
import io.percolate.diffusion.unet.UNetConfig.Time;
import io.percolate.diffusion.unet.UNetConfig.Transformers;
import io.percolate.nn.layers.Downsample.Padding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The published shapes. */
final class UNetPresets {

    private static final Time COSINE_FIRST = new Time(true, 0, OptionalInt.empty(), OptionalInt.empty());
    private static final Time SINE_FIRST = new Time(false, 1, OptionalInt.empty(), OptionalInt.empty());

    private UNetPresets() {}

    /** Over latents of four channels, with an unconditional time embedding. */
    static UNetConfig latent(int sampleSize, List<Level> levels, int groups, Transformers transformers) {
        return new UNetConfig(
                Family.CONTEXT,
                OptionalInt.of(sampleSize),
                4,
                4,
                levels,
                MidBlockType.CONTEXT,
                new Blocks(groups, 1e-5, Padding.SYMMETRIC),
                transformers,
                COSINE_FIRST,
                new ClassLabels.None(),
                Optional.empty(),
                false);
    }

    /** Over RGB pixels, with nothing but the timestep. */
    static UNetConfig pixels(int sampleSize, List<Level> levels, int groups) {
        return new UNetConfig(
                Family.PIXELS,
                OptionalInt.of(sampleSize),
                3,
                3,
                levels,
                MidBlockType.PIXELS,
                new Blocks(groups, 1e-6, Padding.RIGHT_AND_BOTTOM),
                Transformers.NONE,
                SINE_FIRST,
                new ClassLabels.None(),
                Optional.empty(),
                false);
    }

    static UNetConfig stableDiffusion1() {
        return latent(64, stableDiffusionLevels(8, 8, 8, 8), 32, new Transformers(768, false, false));
    }

    static UNetConfig stableDiffusion2() {
        return latent(96, stableDiffusionLevels(5, 10, 20, 20), 32, new Transformers(1024, true, true));
    }

    static UNetConfig stableDiffusionXl() {
        List<Level> levels = List.of(
                Level.context(320, 2, 5, 1).with(BlockAttention.NONE),
                Level.context(640, 2, 10, 2),
                Level.context(1280, 2, 20, 10));
        return latent(128, levels, 32, new Transformers(2048, true, false)).withPooledText(new PooledText(256, 2816));
    }

    static UNetConfig ddpmCifar10() {
        List<Level> levels =
                List.of(Level.plain(128, 2), Level.pixels(256, 2, 1), Level.plain(256, 2), Level.plain(256, 2));
        return pixels(32, levels, 32);
    }

    static UNetConfig small(int latentChannels, int sampleSize, int contextWidth) {
        List<Level> levels = List.of(
                Level.context(96, 2, 3, 1).with(BlockAttention.NONE),
                Level.context(192, 2, 6, 1),
                Level.context(288, 2, 9, 1));
        return latent(sampleSize, levels, 32, new Transformers(contextWidth, true, false))
                .withChannels(latentChannels, latentChannels);
    }

    private static List<Level> stableDiffusionLevels(int... headCounts) {
        return List.of(
                Level.context(320, 2, headCounts[0], 1),
                Level.context(640, 2, headCounts[1], 1),
                Level.context(1280, 2, headCounts[2], 1),
                Level.context(1280, 2, headCounts[3], 1).with(BlockAttention.NONE));
    }
}
