package io.percolate.pipeline.model;

import io.percolate.conditioning.encoder.TextEncoderConfig;
import io.percolate.conditioning.tokenizer.SpecialTokens;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SchedulerJson;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.files.JsonConfig;
import io.percolate.vae.VaeConfig;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.layout.UNetInput;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The configs that belong to single files of the published families, which carry none. */
public final class PublishedConfigs {

    /** How long Stable Diffusion 2's base was trained; it predicts the noise, what was trained on from it the velocity. */
    private static final OptionalLong SD2_BASE_STEPS = OptionalLong.of(875_000);

    private static final TextPart CLIP_L = new TextPart(
            TextEncoderConfig.clipL(), new TokenizerSource.Clip(SpecialTokens.clip(SpecialTokens.CLIP_LENGTH)));
    private static final TextPart OPEN_CLIP_H = openClip(TextEncoderConfig.openClipH());
    private static final TextPart OPEN_CLIP_G = openClip(TextEncoderConfig.openClipG());

    private final SingleFile file;
    private final UNetInput input;

    private PublishedConfigs(SingleFile file) {
        this.file = file;
        input = UNetInput.of(file.part(ModelPart.UNET));
    }

    /** The configs of {@code file}'s family. */
    public static ModelConfigs of(SingleFile file) {
        return new PublishedConfigs(file).configs();
    }

    private ModelConfigs configs() {
        return switch (file.family()) {
            case SD1 ->
                new ModelConfigs(
                        withInput(UNetConfig.stableDiffusion1()),
                        Optional.of(autoencoder()),
                        Map.of(ModelPart.TEXT_ENCODER, CLIP_L),
                        sampler("PNDMScheduler", Prediction.EPSILON),
                        false);
            case SD2 -> stableDiffusion2();
            case SDXL ->
                new ModelConfigs(
                        withInput(UNetConfig.stableDiffusionXl()),
                        Optional.of(autoencoder()),
                        Map.of(ModelPart.TEXT_ENCODER, CLIP_L, ModelPart.TEXT_ENCODER_2, OPEN_CLIP_G),
                        sampler("EulerDiscreteScheduler", marked("v_pred") ? Prediction.V : Prediction.EPSILON),
                        true);
        };
    }

    private ModelConfigs stableDiffusion2() {
        boolean noise = file.trainingSteps().equals(SD2_BASE_STEPS) || input != UNetInput.LATENTS;
        return new ModelConfigs(
                withInput(UNetConfig.stableDiffusion2()).withSampleSize(noise ? 64 : 96),
                Optional.of(autoencoder()),
                Map.of(ModelPart.TEXT_ENCODER, OPEN_CLIP_H),
                sampler(noise ? "PNDMScheduler" : "DDIMScheduler", noise ? Prediction.EPSILON : Prediction.V),
                false);
    }

    private CodecConfig autoencoder() {
        return new CodecConfig.Kl(vae(file));
    }

    /** The shape of the autoencoder of {@code file}'s family. */
    static VaeConfig vae(SingleFile file) {
        return file.family() == ModelFamily.SDXL ? VaeConfig.stableDiffusionXl() : VaeConfig.stableDiffusion();
    }

    private UNetConfig withInput(UNetConfig config) {
        int latents = config.outChannels();
        return switch (input) {
            case LATENTS -> config;
            case INPAINTING -> config.withChannels(2 * latents + 1, latents);
            case EDITING -> config.withChannels(2 * latents, latents);
        };
    }

    private SamplerConfig sampler(String className, Prediction prediction) {
        Map<String, Object> options = new TreeMap<>();
        options.put("_class_name", className);
        options.put("beta_schedule", "scaled_linear");
        options.put("beta_start", 0.00085);
        options.put("beta_end", 0.012);
        options.put("num_train_timesteps", 1000);
        options.put("prediction_type", prediction.publishedName());
        options.put("rescale_betas_zero_snr", prediction == Prediction.V && marked("ztsnr"));
        options.put("timestep_spacing", "leading");
        options.put("steps_offset", 1);
        if (!className.startsWith("Euler")) {
            options.put("set_alpha_to_one", false);
        }
        options.put(className.startsWith("PNDM") ? "skip_prk_steps" : "clip_sample", className.startsWith("PNDM"));
        return SchedulerJson.read(JsonConfig.of(options));
    }

    /** Files fine-tuned to predict the velocity say so with tensors of these names. */
    private boolean marked(String name) {
        return file.tensors().has(name);
    }

    private static TextPart openClip(TextEncoderConfig encoder) {
        return new TextPart(encoder, new TokenizerSource.Clip(SpecialTokens.openClip(SpecialTokens.CLIP_LENGTH)));
    }
}
