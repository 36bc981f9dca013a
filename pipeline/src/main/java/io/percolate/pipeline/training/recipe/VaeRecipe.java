package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.nn.layers.Parameter;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import io.percolate.vae.VaeLossConfig.Reduction;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code percolate train vae} trains and how: the JSON of {@code --config} with the sections {@code vae}
 * (the keys of diffusers' AutoencoderKL), {@code loss}, {@code perceptual}, {@code discriminator}, {@code
 * images} and {@code training}.
 *
 * @param vae the shape of the autoencoder; its {@code sample_size} is the size of the images
 * @param loss what reconstructions are judged by
 * @param detail what else they are judged by
 * @param crops which parts of large images it is trained on
 * @param trained what of it learns
 * @param plan how it is trained
 */
public record VaeRecipe(
        VaeConfig vae, VaeLossConfig loss, DetailRecipe detail, CropRecipe crops, Trained trained, TrainingPlan plan) {

    public VaeRecipe {
        requireHalves(vae.sampleSize(), vae.downsamplingFactor());
        requireHalves(crops.side(vae.sampleSize()), vae.downsamplingFactor());
        crops.requireImages(vae.sampleSize());
        detail.discriminator().requireImages(plan.data().smallestSide(crops.side(vae.sampleSize())));
    }

    /** What of an autoencoder learns. */
    public enum Trained {
        /** All of it. */
        ALL {
            @Override
            public Map<String, Parameter> in(AutoencoderKl vae) {
                vae.makeTrainable();
                return vae.parameters();
            }
        },
        /** What makes images of latents: the latents stay what they are, and with them the denoisers of such. */
        DECODER {
            @Override
            public Map<String, Parameter> in(AutoencoderKl vae) {
                return vae.makeDecoderTrainable();
            }
        };

        /** Makes these parameters of {@code vae} trainable. */
        public abstract Map<String, Parameter> in(AutoencoderKl vae);
    }

    /** What the embedded model's autoencoder was trained with: factor 8, images of 128x128. */
    public static VaeRecipe embedded() {
        return of(Recipes.embedded("vae.json"));
    }

    /** The {@linkplain #embedded embedded} recipe with what {@code file} says. */
    public static VaeRecipe read(Path file) {
        return embedded().with(RecipeOverlay.read(file));
    }

    /** This recipe with what {@code overlay} says. */
    public VaeRecipe with(RecipeOverlay overlay) {
        return of(overlay.over(values()));
    }

    /**
     * The same for images of {@code side} x {@code side} pixels.
     *
     * @throws IllegalArgumentException if the autoencoder cannot halve them evenly
     */
    public VaeRecipe withResolution(int side) {
        return new VaeRecipe(vae.withSampleSize(side), loss, detail, crops.within(side), trained, plan);
    }

    /**
     * The same for images, and squares of them, of a part of the side.
     *
     * @throws IllegalArgumentException if the autoencoder cannot halve them evenly
     */
    public VaeRecipe dividedBy(int divisor) {
        return new VaeRecipe(
                vae.withSampleSize(vae.sampleSize() / divisor), loss, detail, crops.dividedBy(divisor), trained, plan);
    }

    /** The same for another autoencoder. */
    public VaeRecipe withVae(VaeConfig other) {
        return new VaeRecipe(other, loss, detail, crops, trained, plan);
    }

    /** The same with reconstructions judged otherwise. */
    public VaeRecipe withLoss(VaeLossConfig other) {
        return new VaeRecipe(vae, other, detail, crops, trained, plan);
    }

    /** The same with reconstructions judged by other networks. */
    public VaeRecipe withDetail(DetailRecipe other) {
        return new VaeRecipe(vae, loss, other, crops, trained, plan);
    }

    /** The same with the discriminator, if there is one, in every step. */
    public VaeRecipe judgedFromTheStart() {
        return withDetail(detail.withDiscriminator(detail.discriminator().fromTheStart()));
    }

    /** The same for the decoder alone. */
    public VaeRecipe decoderOnly() {
        return new VaeRecipe(vae, loss, detail, crops, Trained.DECODER, plan);
    }

    /** The same on other parts of large images. */
    public VaeRecipe withCrops(CropRecipe other) {
        return new VaeRecipe(vae, loss, detail, other, trained, plan);
    }

    /** Of what the autoencoder is trained on, in pixels. */
    public int trainedSide() {
        return crops.side(vae.sampleSize());
    }

    /** What becomes of an image that the autoencoder is trained on. */
    public ImageTransform trainedImages() {
        return ImageTransform.square(trainedSide()).withCrops(crops.scales(vae.sampleSize()));
    }

    /** The same on random squares of so many pixels in width and height. */
    public VaeRecipe withCropSide(int side) {
        return withCrops(crops.withSide(side));
    }

    /** The same, trained otherwise. */
    public VaeRecipe withPlan(TrainingPlan other) {
        return new VaeRecipe(vae, loss, detail, crops, trained, other);
    }

    /** Writes all of it, whole or not at all; laid over any recipe, it gives this one again. */
    public void write(Path file) {
        JsonConfig.of(values()).write(file);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("vae", VaeJson.write(vae).values());
        values.put("loss", lossValues());
        detail.addTo(values);
        values.put("images", crops.values());
        values.put("trained", RecipeSection.name(trained));
        values.put("training", plan.values());
        return values;
    }

    private static VaeRecipe of(JsonConfig json) {
        return new VaeRecipe(
                RecipeSection.of(json, "vae").read(VaeJson::read),
                RecipeSection.of(json, "loss").read(VaeRecipe::loss),
                DetailRecipe.from(json),
                RecipeSection.of(json, "images").read(CropRecipe::from),
                RecipeSection.choice(json, "trained", Trained.class, Trained.ALL),
                RecipeSection.of(json, "training").read(TrainingPlan::from));
    }

    private static void requireHalves(int side, int factor) {
        if (side < factor || side % factor != 0) {
            throw new IllegalArgumentException("images of " + side + "x" + side + " but this autoencoder makes them "
                    + factor + " times smaller: give a multiple of " + factor);
        }
    }

    private static VaeLossConfig loss(JsonConfig section) {
        return new VaeLossConfig(
                RecipeSection.choice(section, "reconstruction", Reconstruction.class, Reconstruction.L2),
                section.number("gradient_weight", 0),
                section.integer("gradient_scales", 4),
                section.number("ssim_weight", 0),
                section.number("kl_weight", 0.0049152),
                RecipeSection.choice(section, "reduction", Reduction.class, Reduction.MEAN));
    }

    private Map<String, Object> lossValues() {
        return Map.of(
                "reconstruction", RecipeSection.name(loss.reconstruction()),
                "gradient_weight", loss.gradientWeight(),
                "gradient_scales", loss.gradientScales(),
                "ssim_weight", loss.ssimWeight(),
                "kl_weight", loss.klWeight(),
                "reduction", RecipeSection.name(loss.reduction()),
                "eq_probability", detail.eqProbability(),
                "frequency_weight", detail.frequencies().weight(),
                "frequency_exponent", detail.frequencies().exponent());
    }
}
