package io.percolate.pipeline.training.preset;

import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.recipe.VaeRecipe;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeConfig.Blocks;
import io.percolate.vae.VaeConfig.Channels;
import java.util.List;

/**
 * An autoencoder by the size of its images.
 *
 * @param side of the largest images that it is meant for, in pixels
 * @param widths of its levels, finest first; each after the first halves the image
 * @param latentChannels channels of its latents
 * @param batch images per step
 */
record VaePreset(int side, List<Integer> widths, int latentChannels, int batch) {

    /** By size; larger images have the last one. */
    private static final List<VaePreset> ALL = List.of(
            new VaePreset(64, List.of(16, 32, 64), 4, 8),
            new VaePreset(128, List.of(16, 32, 64, 128), 12, 8),
            new VaePreset(256, List.of(32, 64, 128, 128), 12, 4),
            new VaePreset(512, List.of(32, 64, 128, 128), 12, 4),
            new VaePreset(1024, List.of(32, 64, 128, 128, 128), 16, 4));

    /** Side of the squares that are trained on, of larger images. */
    private static final int CROP = 256;

    /** The one for images of {@code side} x {@code side} pixels. */
    static VaePreset of(int side) {
        return ALL.stream().filter(preset -> preset.side >= side).findFirst().orElse(ALL.get(ALL.size() - 1));
    }

    /** {@code recipe} for another autoencoder. */
    VaeRecipe over(VaeRecipe recipe) {
        VaeConfig vae = recipe.vae();
        Channels channels = new Channels(vae.inChannels(), vae.channels().out(), latentChannels);
        Blocks blocks = new Blocks(
                widths,
                vae.blocks().perLevel(),
                vae.blocks().normGroups(),
                vae.blocks().midAttention(),
                vae.blocks().resizing());
        VaeConfig sized =
                new VaeConfig(channels, blocks, vae.latentConvs(), side, vae.latentScale(), vae.forceUpcast());
        TrainingPlan plan = BatchRule.withBatch(recipe.plan(), batch);
        VaeRecipe whole = recipe.withVae(sized).withPlan(plan);
        return side > CROP ? whole.withCropSide(CROP) : whole;
    }
}
