package io.percolate.pipeline.training.recipe;

import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.LossWeighting;
import io.percolate.diffusion.process.LossWeighting.Hybrid;
import io.percolate.diffusion.process.TimestepDistribution;
import io.percolate.diffusion.sde.Sde;
import io.percolate.diffusion.sde.SdeKind;
import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which timesteps a denoiser is trained on, and how much each counts: the section {@code loss} of its recipe.
 *
 * <p>{@code timestep_shift} above 1 prefers noisy timesteps, where a network learns what a caption means rather than
 * how to sharpen. {@code min_snr_gamma} does the opposite: with v-prediction it takes weight from those steps. {@code
 * weighting} {@code bound} trains on the variational bound itself, which spends the network on what nobody sees, and
 * {@code hybrid} on a little of it.
 *
 * @param timesteps how often each timestep comes; with {@code sdeKind}, each time from 0 to 1
 * @param sdeKind the process in continuous time that is trained, in place of whole timesteps (Song et al. 2021, eq. 7)
 * @param weighting how much the error at each of them counts
 * @param noiseOffset standard deviation of noise that a whole channel of an image has in common, 0 to 1
 */
public record LossRecipe(
        TimestepDistribution timesteps, Optional<SdeKind> sdeKind, LossWeighting weighting, double noiseOffset) {

    public LossRecipe {
        RecipeSection.require(noiseOffset >= 0 && noiseOffset <= 1, "noise_offset", noiseOffset);
        if (sdeKind.isPresent() && weighting.countsTimesteps()) {
            throw new IllegalArgumentException(
                    "weighting " + weighting.options().get("weighting")
                            + " is a sum over whole timesteps, and those of sde "
                            + sdeKind.orElseThrow().key() + " are not: leave one of them out");
        }
    }

    /** With independent noise in every pixel. */
    public LossRecipe(TimestepDistribution timesteps, Optional<SdeKind> sdeKind, LossWeighting weighting) {
        this(timesteps, sdeKind, weighting, 0);
    }

    /** Every timestep alike. */
    public static final LossRecipe DEFAULT =
            new LossRecipe(new TimestepDistribution.Uniform(), Optional.empty(), new LossWeighting.Uniform());

    /** The recipe in the section {@code loss}. */
    public static LossRecipe from(JsonConfig section) {
        double shift = section.number("timestep_shift", 1);
        TimestepDistribution base = distribution(section);
        return new LossRecipe(
                shift == 1 ? base : new TimestepDistribution.Shifted(base, shift),
                sde(section),
                weighting(section),
                section.number("noise_offset", 0));
    }

    private static Optional<SdeKind> sde(JsonConfig section) {
        return section.isNull("sde") ? Optional.empty() : Optional.of(SdeKind.named(section.string("sde")));
    }

    private static LossWeighting weighting(JsonConfig section) {
        String name = section.string("weighting", "simple");
        double share = section.number("weighting_share", Hybrid.SHARE);
        if (!section.isNull("min_snr_gamma")) {
            if (!name.equals("simple")) {
                throw new IllegalArgumentException(
                        "min_snr_gamma is for the weighting simple, not " + name + ": leave one of them out");
            }
            return new LossWeighting.MinSnr(section.number("min_snr_gamma"));
        }
        return switch (name) {
            case "simple" -> new LossWeighting.Uniform();
            case "bound" -> new LossWeighting.Bound();
            case "hybrid" -> new Hybrid(share);
            default ->
                throw new IllegalArgumentException("weighting is " + name + ", choose from simple, bound, hybrid");
        };
    }

    private static TimestepDistribution distribution(JsonConfig section) {
        double mean = section.number("timestep_mean", 0);
        double std = section.number("timestep_std", 1);
        String name = section.string("timestep_distribution", "uniform");
        return switch (name) {
            case "uniform" -> new TimestepDistribution.Uniform();
            case "logit_normal" -> new TimestepDistribution.LogitNormal(mean, std);
            default ->
                throw new IllegalArgumentException(
                        "timestep_distribution is " + name + ", choose from uniform, logit_normal");
        };
    }

    /** All of it, as that section. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>(Map.of(
                "timestep_shift", 1.0, "timestep_mean", 0.0, "timestep_std", 1.0, "weighting_share", Hybrid.SHARE));
        values.put("min_snr_gamma", null);
        values.put("sde", sdeKind.map(SdeKind::key).orElse(null));
        values.put("noise_offset", noiseOffset);
        values.putAll(timesteps.options());
        values.putAll(weighting.options());
        return values;
    }

    /** How the error at each timestep counts, in a word or two. */
    public String words() {
        return weighting.options().containsKey("min_snr_gamma")
                ? "min-SNR"
                : String.valueOf(weighting.options().getOrDefault("weighting", "simple"));
    }

    /** The process in continuous time, if one is trained, with the noise of {@code process} at its end. */
    public Optional<Sde> sde(DiffusionProcess process) {
        return sdeKind.map(kind -> kind.of(process.schedule()));
    }

    /** The error of the predictions of a denoiser for {@code process}. */
    public DiffusionLoss of(DiffusionProcess process) {
        return new DiffusionLoss(process.schedule(), process.prediction(), weighting);
    }
}
