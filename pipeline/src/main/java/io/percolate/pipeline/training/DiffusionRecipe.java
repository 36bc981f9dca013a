package io.percolate.pipeline.training;

import io.percolate.conditioning.TextEncoderConfig;
import io.percolate.diffusion.DiffusionProcess;
import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.UNetConfigFile;
import io.percolate.vae.VaeConfig;
import io.percolate.weights.JsonConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code percolate train diffusion} trains and how: the JSON of {@code --config} with the sections
 * {@code unet} and {@code scheduler} (published keys), {@code text}, {@code loss} and {@code training}.
 *
 * @param name of the model, which its pictures carry
 * @param unet the shape of the denoiser
 * @param sampler the noise process trained on, and the sampler that the finished model uses by default
 * @param text the text encoder that is trained along
 * @param loss how timesteps are drawn and weighed
 * @param plan how it is trained
 */
public record DiffusionRecipe(
        String name, UNetConfig unet, SamplerConfig sampler, TextRecipe text, LossRecipe loss, TrainingPlan plan) {

    /** Reads a recipe. */
    public static DiffusionRecipe read(Path file) {
        return of(JsonConfig.read(file));
    }

    /** What the embedded model was trained with, for the latents of {@code vae}. */
    public static DiffusionRecipe embedded(VaeConfig vae) {
        JsonConfig json = Recipes.embedded("diffusion.json");
        Map<String, Object> unet = new TreeMap<>(Recipes.section(json, "unet").values());
        unet.put("in_channels", vae.latentChannels());
        unet.put("out_channels", vae.latentChannels());
        unet.put("sample_size", vae.sampleSize() / vae.downsamplingFactor());
        Map<String, Object> values = new TreeMap<>(json.values());
        values.put("unet", unet);
        return of(JsonConfig.of(values));
    }

    private static DiffusionRecipe of(JsonConfig json) {
        DiffusionRecipe recipe = new DiffusionRecipe(
                json.string("name", "percolate"),
                UNetConfigFile.of(Recipes.section(json, "unet")),
                SamplerConfig.read(Recipes.section(json, "scheduler")),
                TextRecipe.from(Recipes.section(json, "text")),
                LossRecipe.from(Recipes.section(json, "loss")),
                TrainingPlan.from(Recipes.section(json, "training")));
        json.refuseUnread(Map.of());
        return recipe;
    }

    /** The shape of the text encoder that is trained along. */
    public TextEncoderConfig textEncoder() {
        return text.encoder();
    }

    DiffusionProcess process() {
        return sampler.process();
    }
}
