package io.percolate.pipeline.training;

import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.pipeline.data.ClassNames;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.training.conditioning.CaptionEncoder;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.space.TrainingSpace;
import java.util.Optional;

/**
 * The networks that a diffusion training begins with.
 *
 * @param space where the denoiser works
 * @param unet the denoiser
 * @param captions who reads captions to it
 * @param classes which it is told in their place
 */
record ModelParts(TrainingSpace space, UNet unet, Optional<CaptionEncoder> captions, Optional<ClassNames> classes) {

    /** Random first values, and a vocabulary learned from the captions of {@code dataset}. */
    static ModelParts initialise(DiffusionRecipe recipe, TrainingSpace space, ImageDataset dataset, NDManager manager) {
        int seed = recipe.plan().seed();
        UNet unet = new UNet(recipe.unet());
        unet.initialise(manager, seed);
        Optional<CaptionEncoder> captions = recipe.text().map(text -> CaptionEncoder.learn(text, dataset, manager));
        captions.ifPresent(text -> text.encoder().initialise(manager, seed + 1L));
        return new ModelParts(space, unet, captions, Optional.empty());
    }

    /** The denoiser, as far as the recipe has the same, the text encoder and the vocabulary of {@code start}. */
    static ModelParts load(
            DiffusionRecipe recipe, TrainingSpace space, DiffusionFolders.StartingModel start, NDManager manager) {
        UNet unet = UNetFiles.load(start.unet(), recipe.unet(), recipe.plan().seed(), manager);
        Optional<CaptionEncoder> captions = recipe.text().map(text -> CaptionEncoder.load(start.model(), manager));
        return new ModelParts(space, unet, captions, Optional.empty());
    }

    /** The same for a denoiser that is told classes. */
    ModelParts with(ClassNames known) {
        return new ModelParts(space, unet, captions, Optional.of(known));
    }
}
