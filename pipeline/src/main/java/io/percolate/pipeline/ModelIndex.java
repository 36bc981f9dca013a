package io.percolate.pipeline;

import io.percolate.weights.JsonConfig;
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

    /** For pixel-space models without text. */
    public static void writePixels(Path folder) {
        Map<String, Object> index = new TreeMap<>(COMMON);
        index.put("_class_name", "DDPMPipeline");
        index.put("unet", part("diffusers", "UNet2DModel"));
        write(folder, index);
    }

    private static void write(Path folder, Map<String, Object> index) {
        index.put("scheduler", part("diffusers", "EulerDiscreteScheduler"));
        JsonConfig.of(index).write(folder.resolve("model_index.json"));
    }

    private static Object part(String library, String className) {
        return Arrays.asList(library, className);
    }
}
