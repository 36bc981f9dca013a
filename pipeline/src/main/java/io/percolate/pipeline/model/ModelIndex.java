package io.percolate.pipeline.model;

import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.weights.layout.DiffusersLayout;
import io.percolate.weights.layout.ModelFamily;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes {@code model_index.json}, by which diffusers knows the parts of a model folder. */
public final class ModelIndex {

    private static final String FILE = "model_index.json";
    private static final String SCHEDULER = "scheduler";
    private static final Object ABSENT = part(null, null);
    private static final Object AUTOENCODER = part("diffusers", "AutoencoderKL");

    private ModelIndex() {}

    /**
     * For a model trained here. With text it has Stable Diffusion XL's layout with its second text encoder alone;
     * without, that of diffusers' {@code DDPMPipeline} or {@code DDIMPipeline}. Whatever works on pixels has no
     * autoencoder.
     */
    public static void write(Path folder, DiffusionModel model) {
        boolean latents = model.codec().autoencoder().isPresent();
        Map<String, Object> index =
                model.text().isPresent() ? textToImage(model.sampler()) : unconditional(model.sampler());
        if (latents != index.containsKey("vae")) {
            index.put("vae", latents ? AUTOENCODER : ABSENT);
        }
        write(folder, index);
    }

    /** For Stable Diffusion, 1, 2 or XL as {@code family} says. */
    static void write(Path folder, ModelFamily family, SamplerConfig sampler) {
        write(folder, family == ModelFamily.SDXL ? stableDiffusionXl(sampler) : stableDiffusion(sampler));
    }

    /** Gives the model that is there another sampler: its config, and its class in the index. */
    public static void resample(Path folder, SamplerConfig sampler) {
        SchedulerFiles.save(sampler, folder.resolve(SCHEDULER));
        Map<String, Object> index =
                new TreeMap<>(JsonConfig.read(folder.resolve(FILE)).values());
        index.put(SCHEDULER, part("diffusers", sampler.kind().schedulerClass()));
        write(folder, index);
    }

    private static Map<String, Object> stableDiffusion(SamplerConfig sampler) {
        Map<String, Object> index = common(sampler);
        index.put("_class_name", "StableDiffusionPipeline");
        index.put("safety_checker", ABSENT);
        return index;
    }

    private static Map<String, Object> stableDiffusionXl(SamplerConfig sampler) {
        Map<String, Object> index = common(sampler);
        index.put("_class_name", "StableDiffusionXLPipeline");
        index.put("force_zeros_for_empty_prompt", true);
        index.put("text_encoder_2", part("transformers", "CLIPTextModelWithProjection"));
        index.put("tokenizer_2", part("transformers", "CLIPTokenizer"));
        return index;
    }

    private static Map<String, Object> textToImage(SamplerConfig sampler) {
        Map<String, Object> index = stableDiffusionXl(sampler);
        index.put("force_zeros_for_empty_prompt", false);
        index.put("text_encoder", ABSENT);
        index.put("tokenizer", ABSENT);
        return index;
    }

    private static Map<String, Object> unconditional(SamplerConfig sampler) {
        Map<String, Object> index = denoiser(sampler, UNetConfig.Family.PIXELS);
        index.put("_class_name", sampler.kind() == SamplerKind.DDPM ? "DDPMPipeline" : "DDIMPipeline");
        return index;
    }

    private static Map<String, Object> common(SamplerConfig sampler) {
        Map<String, Object> index = denoiser(sampler, UNetConfig.Family.CONTEXT);
        index.put("vae", AUTOENCODER);
        index.put("text_encoder", part("transformers", "CLIPTextModel"));
        index.put("tokenizer", part("transformers", "CLIPTokenizer"));
        index.put("feature_extractor", ABSENT);
        index.put("image_encoder", ABSENT);
        return index;
    }

    private static Map<String, Object> denoiser(SamplerConfig sampler, UNetConfig.Family family) {
        Map<String, Object> index = new TreeMap<>();
        index.put("_diffusers_version", DiffusersLayout.VERSION);
        index.put(SCHEDULER, part("diffusers", sampler.kind().schedulerClass()));
        index.put("unet", part("diffusers", family.className()));
        return index;
    }

    private static void write(Path folder, Map<String, Object> index) {
        JsonConfig.of(index).write(folder.resolve(FILE));
    }

    private static Object part(String library, Object className) {
        return Arrays.asList(library, className);
    }
}
