package io.percolate.pipeline.training.tiny;

import io.percolate.files.JsonConfig;
import io.percolate.pipeline.training.recipe.RecipeSection;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;
import io.percolate.vae.VaeLossConfig.Reconstruction;
import io.percolate.vae.losses.FocalFrequencyLoss;
import io.percolate.vae.losses.PerceptualLoss;
import java.util.Map;
import java.util.TreeMap;

/**
 * What decoded images are judged by: the section {@code loss} of a recipe.
 *
 * @param images the distance of pixels and of their differences
 * @param frequencies how much the error counts by its frequencies
 */
public record TinyLossPlan(VaeLossConfig images, FocalFrequencyLoss frequencies) {

    /** What a recipe has that does not say otherwise: the mean square. */
    public static final TinyLossPlan DEFAULT =
            new TinyLossPlan(new VaeLossConfig(Reconstruction.L2, 0, 4, 0, 0), FocalFrequencyLoss.NONE);

    static TinyLossPlan from(JsonConfig section) {
        VaeLossConfig usual = DEFAULT.images;
        VaeLossConfig images = new VaeLossConfig(
                RecipeSection.choice(section, "reconstruction", Reconstruction.class, usual.reconstruction()),
                section.number("gradient_weight", usual.gradientWeight()),
                section.integer("gradient_scales", usual.gradientScales()),
                section.number("ssim_weight", usual.ssimWeight()),
                0);
        FocalFrequencyLoss frequencies = new FocalFrequencyLoss(
                section.number("frequency_weight", DEFAULT.frequencies.weight()),
                section.number("frequency_exponent", DEFAULT.frequencies.exponent()));
        return new TinyLossPlan(images, frequencies);
    }

    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        values.put("reconstruction", RecipeSection.name(images.reconstruction()));
        values.put("gradient_weight", images.gradientWeight());
        values.put("gradient_scales", images.gradientScales());
        values.put("ssim_weight", images.ssimWeight());
        values.put("frequency_weight", frequencies.weight());
        values.put("frequency_exponent", frequencies.exponent());
        return values;
    }

    /** The loss, with a perceptual network that stays the caller's. */
    ImitationLoss with(PerceptualLoss perceptual) {
        return new ImitationLoss(new VaeLoss(images, perceptual, frequencies));
    }
}
