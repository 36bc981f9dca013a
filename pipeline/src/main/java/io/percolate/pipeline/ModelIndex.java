package io.percolate.pipeline;

import io.percolate.diffusion.samplers.SamplerConfig;
import io.percolate.weights.JsonConfig;
import io.percolate.weights.ModelFamily;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes {@code model_index.json}, by which diffusers knows the parts of a model folder. */
public final class ModelIndex {

    private static final Map<String, Object> COMMON = Map.of("_diffusers_version", "0.40.0");

    private ModelIndex() {}

    /** For text-to-image models trained here: Stable Diffusion XL's layout with its second text encoder alone. */
    public static void writeTextToImage(Path folder) {
        Map<String, Object> index = new TreeMap<>(COMMON);
        index.put("_class_name", "StableDiffusionXLPipeline");
        index.put("force_zeros_for_empty_prompt", false);
        index.put("unet", part("diffusers", "UNet2DConditionModel"));
        index.put("vae", part("diffusers", "AutoencoderKL"));
        index.put("text_encoder", part(null, null));
        index.put("tokenizer", part(null, null));
        index.put("text_encoder_2", part("transformers", "CLIPTextModelWithProjection"));
        index.put("tokenizer_2", part("transformers", "CLIPTokenizer"));
        index.put("feature_extractor", part(null, null));
        index.put("image_encoder", part(null, null));
        write(folder, index);
    }

    /** For Stable Diffusion, 1, 2 or XL as {@code family} says. */
    static void write(Path folder, ModelFamily family, SamplerConfig sampler) {
        Map<String, Object> index = new TreeMap<>(COMMON);
        index.put("scheduler", part("diffusers", sampler.values().get("_class_name")));
        boolean large = family == ModelFamily.SDXL;
        index.put("_class_name", large ? "StableDiffusionXLPipeline" : "StableDiffusionPipeline");
        index.put("unet", part("diffusers", "UNet2DConditionModel"));
        index.put("vae", part("diffusers", "AutoencoderKL"));
        index.put("text_encoder", part("transformers", "CLIPTextModel"));
        index.put("tokenizer", part("transformers", "CLIPTokenizer"));
        index.put("feature_extractor", part(null, null));
        index.put("image_encoder", part(null, null));
        if (large) {
            index.put("force_zeros_for_empty_prompt", true);
            index.put("text_encoder_2", part("transformers", "CLIPTextModelWithProjection"));
            index.put("tokenizer_2", part("transformers", "CLIPTokenizer"));
        } else {
            index.put("safety_checker", part(null, null));
        }
        write(folder, index);
    }

    /** For pixel-space models without text. */
    public static void writePixels(Path folder) {
        Map<String, Object> index = new TreeMap<>(COMMON);
        index.put("_class_name", "DDPMPipeline");
        index.put("unet", part("diffusers", "UNet2DModel"));
        write(folder, index);
    }

    private static void write(Path folder, Map<String, Object> index) {
        index.putIfAbsent("scheduler", part("diffusers", "EulerDiscreteScheduler"));
        JsonConfig.of(index).write(folder.resolve("model_index.json"));
    }

    private static Object part(String library, Object className) {
        return Arrays.asList(library, className);
    }
}
