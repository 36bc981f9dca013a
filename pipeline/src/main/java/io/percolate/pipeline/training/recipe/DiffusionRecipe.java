package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.model.PartFolders;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.weights.layout.DiffusersLayout;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code percolate train diffusion} trains and how: the JSON of {@code --config} with the sections
 * {@code unet} and {@code scheduler} (published keys), {@code text} or {@code classes}, {@code loss}, {@code
 * training} and {@code outer}.
 *
 * @param name of the model, which its images carry; empty for that of the run folder
 * @param unet the shape of the denoiser
 * @param sampler the noise process trained on, and the sampler that the finished model uses by default
 * @param prompts what the denoiser is told
 * @param loss which timesteps it is trained on, and how much each counts
 * @param plan how it is trained
 */
public record DiffusionRecipe(
        Optional<String> name,
        UNetConfig unet,
        SamplerConfig sampler,
        PromptRecipe prompts,
        LossRecipe loss,
        TrainingPlan plan) {

    public DiffusionRecipe {
        if (unet.sampleSize().isEmpty()) {
            throw new IllegalArgumentException(
                    "no sample_size in the recipe's section unet: say how large what it denoises is");
        }
    }

    /** What the embedded model was trained with, for the latents of {@code vae}. */
    public static DiffusionRecipe embedded(VaeConfig vae) {
        DiffusionRecipe recipe = DiffusionRecipeFile.of(Recipes.embedded("diffusion.json"));
        return recipe.withUnet(recipe.unet
                .withChannels(vae.latentChannels(), vae.latentChannels())
                .withSampleSize(vae.sampleSize() / vae.downsamplingFactor()));
    }

    /** The same for the latents of the autoencoder in {@code vae}, by itself or part of a model. */
    public static DiffusionRecipe embedded(Path vae) {
        return embedded(
                VaeJson.read(JsonConfig.read(PartFolders.autoencoder(vae).resolve(DiffusersLayout.CONFIG))));
    }

    /** A denoiser of pixels, 64x64, that trains on a processor. */
    public static DiffusionRecipe pixels() {
        return DiffusionRecipeFile.of(Recipes.embedded("pixels.json"));
    }

    /** This recipe with what {@code overlay} says. */
    public DiffusionRecipe with(RecipeOverlay overlay) {
        return DiffusionRecipeFile.of(overlay.over(DiffusionRecipeFile.values(this)));
    }

    /** Writes all of it, whole or not at all; laid over any recipe, it gives this one again. */
    public void write(Path file) {
        DiffusionRecipeFile.write(this, file);
    }

    /** The same for images without captions. */
    public DiffusionRecipe withoutText() {
        return new DiffusionRecipe(name, unet.withoutText(), sampler, new PromptRecipe.None(), loss, plan);
    }

    /** The same for images of classes in place of captions. */
    public DiffusionRecipe withClasses(ClassRecipe classes) {
        return new DiffusionRecipe(name, unet.withoutText(), sampler, classes, loss, plan);
    }

    /** The same with a row for each of {@code count} classes, the null class included. */
    public DiffusionRecipe withClassCount(int count) {
        return DiffusionRecipeFile.withClassCount(this, count);
    }

    /**
     * The same for a denoiser of images of {@code side} x {@code side} pixels.
     *
     * @throws IllegalArgumentException if its levels cannot halve them evenly
     */
    public DiffusionRecipe withResolution(int side) {
        return withResolution(side, 1);
    }

    /**
     * The same for a denoiser of latents that are {@code factor} times smaller.
     *
     * @throws IllegalArgumentException if the two together cannot halve such images evenly
     */
    public DiffusionRecipe withResolution(int side, int factor) {
        int halvings = unet.levels().size() - 1;
        int block = factor << halvings;
        if (side < block || side % block != 0) {
            String autoencoder = factor == 1 ? "" : "the autoencoder makes them " + factor + " times smaller and ";
            throw new IllegalArgumentException("images of " + side + "x" + side + " but " + autoencoder
                    + "this U-Net halves them " + halvings + " times: give a multiple of " + block);
        }
        return withUnet(unet.withSampleSize(side / factor));
    }

    /**
     * The same in the latents of {@code vae}: without the levels that the autoencoder stands in for, and without limits
     * to clean images.
     */
    public DiffusionRecipe inLatents(VaeConfig vae) {
        int factor = vae.downsamplingFactor();
        UNetConfig coarse = unet.withoutFinest(Integer.numberOfTrailingZeros(factor))
                .withChannels(vae.latentChannels(), vae.latentChannels())
                .withSampleSize(sampleSize() / factor);
        return withUnet(coarse).withSampler(sampler.with(new Clipping.Unlimited()));
    }

    /** The same, with sample images every so many minutes. */
    public DiffusionRecipe withSamplesEvery(double minutes) {
        return withPlan(plan.withSaving(plan.saving().withSampleMinutes(minutes)));
    }

    /** The same, judged otherwise by images that it does not learn from. */
    public DiffusionRecipe withValidation(ValidationPlan validation) {
        return withPlan(plan.withSaving(plan.saving().withValidation(validation)));
    }

    /** The same under another name. */
    public DiffusionRecipe withName(String other) {
        return new DiffusionRecipe(Optional.of(other), unet, sampler, prompts, loss, plan);
    }

    /** The same for a denoiser of another shape. */
    public DiffusionRecipe withUnet(UNetConfig other) {
        return new DiffusionRecipe(name, other, sampler, prompts, loss, plan);
    }

    /** The same with another noise process, or another sampler by default. */
    public DiffusionRecipe withSampler(SamplerConfig other) {
        return new DiffusionRecipe(name, unet, other, prompts, loss, plan);
    }

    /** The same with another text encoder, or other captions left out. */
    public DiffusionRecipe withText(TextRecipe text) {
        return new DiffusionRecipe(name, unet, sampler, text, loss, plan);
    }

    /** The same with other timesteps, or other weights of them. */
    public DiffusionRecipe withLoss(LossRecipe other) {
        return new DiffusionRecipe(name, unet, sampler, prompts, other, plan);
    }

    /** The same, trained otherwise. */
    public DiffusionRecipe withPlan(TrainingPlan other) {
        return new DiffusionRecipe(name, unet, sampler, prompts, loss, other);
    }

    /**
     * This recipe for a training on {@code dataset} in the folder {@code run}: with the number of its classes, and a
     * name.
     *
     * @throws IllegalArgumentException if the data set lacks what the denoiser is to be told
     */
    public DiffusionRecipe fit(ImageDataset dataset, Path run) {
        DiffusionRecipe fitted = prompts.fit(this, dataset);
        Path folder = run.toAbsolutePath().normalize().getFileName();
        return name.isPresent() || folder == null ? fitted : fitted.withName(folder.toString());
    }

    /** The text encoder that is trained along, if the denoiser is told captions. */
    public Optional<TextRecipe> text() {
        return prompts instanceof TextRecipe text ? Optional.of(text) : Optional.empty();
    }

    /** The shape of the text encoder that is trained along. */
    public TextEncoderConfig textEncoder() {
        return text().orElseThrow().encoder();
    }

    /** Height and width of what is denoised. */
    public int sampleSize() {
        return unet.sampleSize().orElseThrow();
    }

    /** The noise process trained on. */
    public DiffusionProcess process() {
        return sampler.process();
    }
}
