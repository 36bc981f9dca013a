package io.percolate.cluster.encode;

import io.percolate.pipeline.data.Framing;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.recipe.DataPlan;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;

/**
 * How images become latents: as the training of a recipe would encode them.
 *
 * @param vae folder of the autoencoder, by itself or part of a model
 * @param shape of the autoencoder
 * @param recipe of the training that will read the latents
 * @param imagesPerTask of a shard, at most
 */
record EncodeSettings(Path vae, VaeConfig shape, DiffusionRecipe recipe, int imagesPerTask) {

    EncodeSettings {
        if (imagesPerTask < 1) {
            throw new IllegalArgumentException("--images-per-task " + imagesPerTask + ": give 1 or more");
        }
    }

    /** Side of the images in pixels. */
    int side() {
        return recipe.sampleSize() * shape.downsamplingFactor();
    }

    /** What becomes of each image. */
    Framing framing(ImageDataset dataset) {
        int multiple = shape.downsamplingFactor() << (recipe.unet().levels().size() - 1);
        return data().framing(dataset, ImageTransform.square(side()), multiple);
    }

    /** What each executor does with a shard of the cache in {@code folder}. */
    EncodeTask task(Path folder) {
        return new EncodeTask(
                vae.toString(),
                folder.toString(),
                data().cacheType(),
                recipe.plan().compute().beside().pixelsAtOnce(),
                recipe.plan().compute().device().toString());
    }

    /** Bytes of the latents of an image: means and standard deviations. */
    long bytesPerImage() {
        long side = recipe.sampleSize();
        return 2L
                * shape.latentChannels()
                * side
                * side
                * (data().cacheType().type().bytes());
    }

    private DataPlan data() {
        return recipe.plan().data();
    }
}
