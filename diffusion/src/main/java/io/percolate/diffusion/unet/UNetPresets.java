package io.percolate.diffusion.unet;

import io.percolate.nn.layers.Downsample.Padding;
import java.util.List;

/** The published shapes. */
final class UNetPresets {

    private UNetPresets() {}

    /** Over latents of four channels, with a timestep and a context. */
    static UNetConfig latent(int sampleSize, List<Level> levels, int groups, TransformerConfig transformers) {
        return new UNetConfig(
                SampleConfig.of(sampleSize, 4),
                levels,
                MidBlockType.CONTEXT,
                new ResnetConfig(groups, 1e-5, Padding.SYMMETRIC),
                transformers,
                EmbeddingConfig.timeOnly(true, 0));
    }

    /** Over RGB pixels, with nothing but the timestep. */
    static UNetConfig pixels(int sampleSize, List<Level> levels, int groups) {
        return new UNetConfig(
                SampleConfig.of(sampleSize, 3),
                levels,
                MidBlockType.PIXELS,
                new ResnetConfig(groups, 1e-6, Padding.RIGHT_AND_BOTTOM),
                TransformerConfig.NONE,
                EmbeddingConfig.timeOnly(false, 1));
    }

    static UNetConfig stableDiffusion1() {
        return latent(64, stableDiffusionLevels(8, 8, 8, 8), 32, new TransformerConfig(768, false, false));
    }

    static UNetConfig stableDiffusion2() {
        return latent(96, stableDiffusionLevels(5, 10, 20, 20), 32, new TransformerConfig(1024, true, true));
    }

    static UNetConfig stableDiffusionXl() {
        List<Level> levels = List.of(
                Level.context(320, 2, 5, 1).with(BlockAttention.NONE),
                Level.context(640, 2, 10, 2),
                Level.context(1280, 2, 20, 10));
        return latent(128, levels, 32, new TransformerConfig(2048, true, false))
                .withPooledText(new EmbeddingConfig.PooledText(256, 2816));
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
        return latent(sampleSize, levels, 32, new TransformerConfig(contextWidth, true, false))
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
