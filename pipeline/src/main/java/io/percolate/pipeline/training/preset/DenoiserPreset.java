package io.percolate.pipeline.training.preset;

import io.percolate.diffusion.unet.BlockAttention;
import io.percolate.diffusion.unet.Level;
import io.percolate.diffusion.unet.ResnetConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import java.util.ArrayList;
import java.util.List;

/**
 * A denoiser by the size of what it denoises.
 *
 * @param side of the largest samples that it is meant for: latents or pixels
 * @param widths of its levels, finest first; each is half as wide and high as the one before
 * @param attended side of the finest level with attention
 * @param batch images per step
 */
record DenoiserPreset(int side, List<Integer> widths, int attended, int batch) {

    /** By size; larger latents have the last one. */
    private static final List<DenoiserPreset> LATENTS = List.of(
            new DenoiserPreset(16, List.of(128, 240), 8, 32),
            new DenoiserPreset(32, List.of(128, 256, 320), 16, 16),
            new DenoiserPreset(64, List.of(96, 128, 256, 320), 16, 8),
            new DenoiserPreset(128, List.of(64, 96, 128, 256, 320), 16, 4));

    /** By size; larger images have the last one. */
    private static final List<DenoiserPreset> PIXELS = List.of(
            new DenoiserPreset(64, List.of(32, 64, 96, 128, 256), 8, 16),
            new DenoiserPreset(128, List.of(32, 64, 96, 128, 192, 256), 8, 8),
            new DenoiserPreset(256, List.of(32, 64, 64, 96, 128, 192, 256), 8, 4),
            new DenoiserPreset(512, List.of(32, 64, 64, 96, 128, 192, 256), 16, 2),
            new DenoiserPreset(1024, List.of(16, 32, 64, 96, 128, 192, 256), 32, 1));

    /** Channels of an attention head, at least. */
    private static final int HEAD_WIDTH = 60;

    private static final int GROUP_WIDTH = 2;

    /** The one for latents of {@code side} x {@code side}. */
    static DenoiserPreset ofLatents(int side) {
        return largeEnough(LATENTS, side);
    }

    /** The one for images of {@code side} x {@code side} pixels. */
    static DenoiserPreset ofPixels(int side) {
        return largeEnough(PIXELS, side);
    }

    private static DenoiserPreset largeEnough(List<DenoiserPreset> presets, int side) {
        return presets.stream()
                .filter(preset -> preset.side >= side)
                .findFirst()
                .orElse(presets.get(presets.size() - 1));
    }

    /** {@code recipe} for another denoiser; all else about it is as it was. */
    DiffusionRecipe over(DiffusionRecipe recipe) {
        UNetConfig unet = recipe.unet();
        UNetConfig sized = new UNetConfig(
                unet.sample(),
                levels(unet.levels().get(0).layers()),
                unet.midBlock(),
                resnets(unet.resnets()),
                unet.transformers(),
                unet.embedding());
        return recipe.withUnet(sized).withPlan(BatchRule.withBatch(recipe.plan(), batch));
    }

    private List<Level> levels(int layers) {
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            int width = widths.get(i);
            Level level = Level.context(width, layers, Math.max(1, width / HEAD_WIDTH), 1);
            levels.add(side >> i > attended ? level.with(BlockAttention.NONE) : level);
        }
        return levels;
    }

    /** No group has fewer than two channels. */
    private ResnetConfig resnets(ResnetConfig usual) {
        return new ResnetConfig(
                Math.min(usual.normGroups(), widths.get(0) / GROUP_WIDTH),
                usual.normEps(),
                usual.downsamplePadding(),
                usual.timeUse(),
                usual.dropout());
    }
}
