package io.percolate.pipeline.model;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.encoder.TextEncoderJson;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerFiles;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.weights.layout.ModelPart;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything about a model but its weights. Its parts tell which family it belongs to.
 *
 * @param unet shape of the denoiser
 * @param vae shape of the autoencoder; empty for models of pixels
 * @param text the text encoders; none for models without text
 * @param sampler what the denoiser was trained on, and its usual sampler
 * @param zerosForAbsentNegative Stable Diffusion XL's {@code force_zeros_for_empty_prompt}
 */
public record ModelConfigs(
        UNetConfig unet,
        Optional<CodecConfig> vae,
        Map<ModelPart, TextPart> text,
        SamplerConfig sampler,
        boolean zerosForAbsentNegative) {

    public ModelConfigs {
        text = text.isEmpty() ? Map.of() : new EnumMap<>(text);
    }

    /** These configs with another denoiser. */
    ModelConfigs with(UNetConfig other) {
        return new ModelConfigs(other, vae, text, sampler, zerosForAbsentNegative);
    }

    /** These configs with another sampler. */
    ModelConfigs with(SamplerConfig other) {
        return new ModelConfigs(unet, vae, text, other, zerosForAbsentNegative);
    }

    /** Reads the configs of a folder in the layout of diffusers. */
    public static ModelConfigs read(Path folder) {
        PartFolders parts = PartFolders.of(folder);
        boolean latents = parts.has(ModelPart.VAE.folder());
        return new ModelConfigs(
                UNetJson.read(parts.config(ModelPart.UNET.folder())),
                latents ? Optional.of(CodecConfig.read(parts.config(ModelPart.VAE.folder()))) : Optional.empty(),
                text(parts),
                SchedulerFiles.load(parts.folder("scheduler")),
                parts.index().flag("force_zeros_for_empty_prompt", true));
    }

    private static Map<ModelPart, TextPart> text(PartFolders parts) {
        Map<ModelPart, TextPart> text = new EnumMap<>(ModelPart.class);
        for (ModelPart part : new ModelPart[] {ModelPart.TEXT_ENCODER, ModelPart.TEXT_ENCODER_2}) {
            if (parts.has(part.folder())) {
                Path tokenizer = parts.folder(tokenizerFolder(part));
                TextEncoderConfig config = TextEncoderJson.read(parts.config(part.folder()));
                text.put(part, new TextPart(config, new TokenizerSource.Folder(tokenizer)));
            }
        }
        return text;
    }

    /** The tokenizer's folder beside that of a text encoder. */
    static String tokenizerFolder(ModelPart textEncoder) {
        return textEncoder.folder().replace("text_encoder", "tokenizer");
    }
}
