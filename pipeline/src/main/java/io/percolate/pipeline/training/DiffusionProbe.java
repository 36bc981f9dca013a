package io.percolate.pipeline.training;

import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.training.memory.ProbeFolder;
import io.percolate.pipeline.training.memory.TrainingProbe;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingTask;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;

/** Diffusion trainings of a few images, in a folder that is deleted afterwards. */
final class DiffusionProbe implements TrainingProbe, AutoCloseable {

    /** Mean and standard deviation. */
    private static final int VALUES_PER_LATENT = 2;

    private final DiffusionRecipe recipe;
    private final ImageDataset dataset;
    private final DiffusionFolders folders;
    private final ProbeFolder scratch = new ProbeFolder();
    private final ImageDataset few;

    DiffusionProbe(DiffusionRecipe recipe, ImageDataset dataset, DiffusionFolders folders) {
        this.recipe = recipe;
        this.dataset = dataset;
        this.folders = folders;
        few = scratch.images(dataset, side());
    }

    @Override
    public TrainingTask open(TrainingPlan plan, int divisor) {
        UNetConfig unet = recipe.unet();
        int halvings = unet.levels().size() - 1;
        if (recipe.sampleSize() % (divisor << halvings) != 0) {
            throw new IllegalArgumentException(
                    "a U-Net that halves " + recipe.sampleSize() + " " + halvings + " times");
        }
        DiffusionRecipe smaller = recipe.withUnet(unet.withSampleSize(recipe.sampleSize() / divisor));
        Path out = scratch.resolve("divided-by-" + divisor);
        return new DiffusionTask(
                smaller.withPlan(plan),
                new DiffusionSteps.Data(
                        dataset, ValidationImages.of(few, plan.saving().validation())),
                new DiffusionFolders(folders.vae(), folders.start(), out),
                TrainingListener.NONE);
    }

    @Override
    public ImageDataset dataset() {
        return dataset;
    }

    @Override
    public ImageTransform trainedImages() {
        return images();
    }

    @Override
    public ImageTransform images() {
        return ImageTransform.square(side());
    }

    private int side() {
        return recipe.sampleSize()
                * folders.autoencoder().map(VaeConfig::downsamplingFactor).orElse(1);
    }

    @Override
    public long cacheBytes() {
        int variants = recipe.plan().data().flips() ? 2 : 1;
        long latents = folders.autoencoder()
                .map(vae -> (long) vae.latentChannels() * recipe.sampleSize() * recipe.sampleSize())
                .orElse(0L);
        return latents
                * VALUES_PER_LATENT
                * recipe.plan().data().cacheType().type().bytes()
                * variants
                * dataset.size();
    }

    @Override
    public void close() {
        scratch.close();
    }
}
