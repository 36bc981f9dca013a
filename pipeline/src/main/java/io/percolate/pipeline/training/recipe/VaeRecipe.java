package io.percolate.pipeline.training.recipe;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.images.CropScales;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeJson;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import io.percolate.vae.VaeLossConfig.Reduction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code percolate train vae} trains and how: the JSON of {@code --config} with the sections {@code vae}
 * (the keys of diffusers' AutoencoderKL), {@code loss}, {@code perceptual}, {@code discriminator}, {@code
 * images} and {@code training}.
 *
 * @param vae the shape of the autoencoder; its {@code sample_size} is the size of the images
 * @param loss what reconstructions are judged by
 * @param detail what else they are judged by
 * @param crops which parts of large images it is trained on; none for the largest square
 * @param plan how it is trained
 */
public record VaeRecipe(
        VaeConfig vae, VaeLossConfig loss, DetailRecipe detail, Optional<CropScales> crops, TrainingPlan plan) {

    public VaeRecipe {
        detail.discriminator().requireImages(vae.sampleSize());
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

    /** The same for images of {@code side} x {@code side} pixels. */
    public VaeRecipe withResolution(int side) {
        return withVae(vae.withSampleSize(side));
    }

    /** The same for another autoencoder. */
    public VaeRecipe withVae(VaeConfig other) {
        return new VaeRecipe(other, loss, detail, crops, plan);
    }

    /** The same with reconstructions judged otherwise. */
    public VaeRecipe withLoss(VaeLossConfig other) {
        return new VaeRecipe(vae, other, detail, crops, plan);
    }

    /** The same with reconstructions judged by other networks. */
    public VaeRecipe withDetail(DetailRecipe other) {
        return new VaeRecipe(vae, loss, other, crops, plan);
    }

    /** The same on other parts of large images. */
    public VaeRecipe withCrops(CropScales other) {
        return new VaeRecipe(vae, loss, detail, Optional.of(other), plan);
    }

    /** The same, trained otherwise. */
    public VaeRecipe withPlan(TrainingPlan other) {
        return new VaeRecipe(vae, loss, detail, crops, other);
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
        values.put(
                "images",
                Map.of(
                        "crop_scales",
                        crops.map(scales -> List.of(scales.least(), scales.most()))
                                .orElse(List.of())));
        values.put("training", plan.values());
        return values;
    }

    private static VaeRecipe of(JsonConfig json) {
        return new VaeRecipe(
                RecipeSection.of(json, "vae").read(VaeJson::read),
                RecipeSection.of(json, "loss").read(VaeRecipe::loss),
                DetailRecipe.from(json),
                RecipeSection.of(json, "images").read(VaeRecipe::crops),
                RecipeSection.of(json, "training").read(TrainingPlan::from));
    }

    private static Optional<CropScales> crops(JsonConfig section) {
        List<Double> scales = section.numbers("crop_scales", List.of());
        if (!scales.isEmpty() && scales.size() != 2) {
            throw new IllegalArgumentException(
                    "crop_scales " + scales + ": give two numbers, the smaller first, or none");
        }
        return scales.isEmpty() ? Optional.empty() : Optional.of(new CropScales(scales.get(0), scales.get(1)));
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
                "eq_probability", detail.eqProbability());
    }
}
