package io.percolate.pipeline.training.recipe;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.diffusion.process.Clipping;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.vae.VaeConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code percolate train diffusion} trains and how: the JSON of {@code --config} with the sections
 * {@code unet} and {@code scheduler} (published keys), {@code text}, {@code loss} and {@code training}.
 *
 * @param name of the model, which its images carry
 * @param unet the shape of the denoiser
 * @param sampler the noise process trained on, and the sampler that the finished model uses by default
 * @param text the text encoder that is trained along; empty if the denoiser does not attend to any
 * @param loss how timesteps are drawn and weighed
 * @param plan how it is trained
 */
public record DiffusionRecipe(
        String name,
        UNetConfig unet,
        SamplerConfig sampler,
        Optional<TextRecipe> text,
        LossRecipe loss,
        TrainingPlan plan) {

    public DiffusionRecipe {
        if (unet.sampleSize().isEmpty()) {
            throw new IllegalArgumentException(
                    "no sample_size in the recipe's section unet: say how large what it denoises is");
        }
    }

    /**
     * Reads a recipe.
     *
     * @throws RecipeException if a key is missing, unknown or has no value that can be trained by
     */
    public static DiffusionRecipe read(Path file) {
        return Recipes.read(file, DiffusionRecipe::of);
    }

    /** What the embedded model was trained with, for the latents of {@code vae}. */
    public static DiffusionRecipe embedded(VaeConfig vae) {
        DiffusionRecipe recipe = of(Recipes.embedded("diffusion.json"));
        return recipe.with(recipe.unet
                .withChannels(vae.latentChannels(), vae.latentChannels())
                .withSampleSize(vae.sampleSize() / vae.downsamplingFactor()));
    }

    /** A denoiser of pixels, 64x64, that trains on a processor. */
    public static DiffusionRecipe pixels() {
        return of(Recipes.embedded("pixels.json"));
    }

    private static DiffusionRecipe of(JsonConfig json) {
        UNetConfig unet = UNetJson.read(Recipes.section(json, "unet"));
        DiffusionRecipe recipe = new DiffusionRecipe(
                json.string("name", "percolate"),
                unet,
                SchedulerJson.read(Recipes.section(json, "scheduler")),
                unet.takesContext() ? Optional.of(TextRecipe.from(Recipes.section(json, "text"))) : Optional.empty(),
                LossRecipe.from(Recipes.section(json, "loss")),
                TrainingPlan.from(Recipes.section(json, "training")));
        json.refuseUnread(Map.of());
        return recipe;
    }

    /** The same for images without captions. */
    public DiffusionRecipe withoutText() {
        return new DiffusionRecipe(name, unet.withoutText(), sampler, Optional.empty(), loss, plan);
    }

    /**
     * The same for a denoiser of images of {@code side} x {@code side} pixels.
     *
     * @throws IllegalArgumentException if its levels cannot halve them evenly
     */
    public DiffusionRecipe withResolution(int side) {
        int halvings = unet.levels().size() - 1;
        int block = 1 << halvings;
        if (side < block || side % block != 0) {
            throw new IllegalArgumentException("images of " + side + "x" + side + " but this U-Net halves them "
                    + halvings + " times: give a multiple of " + block);
        }
        return with(unet.withSampleSize(side));
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
        return new DiffusionRecipe(
                name + " in latents", coarse, sampler.with(new Clipping.Unlimited()), text, loss, plan);
    }

    /** The same, generating samples every so many minutes. */
    public DiffusionRecipe withSamplesEvery(double minutes) {
        return new DiffusionRecipe(name, unet, sampler, text, loss, plan.withSamplesEvery(minutes));
    }

    private DiffusionRecipe with(UNetConfig other) {
        return new DiffusionRecipe(name, other, sampler, text, loss, plan);
    }

    /** The shape of the text encoder that is trained along. */
    public TextEncoderConfig textEncoder() {
        return text.orElseThrow().encoder();
    }

    /** Height and width of what is denoised. */
    public int sampleSize() {
        return unet.sampleSize().orElseThrow();
    }

    public DiffusionProcess process() {
        return sampler.process();
    }
}
