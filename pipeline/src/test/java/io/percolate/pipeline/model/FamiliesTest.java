package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.percolate.conditioning.prompts.StableDiffusionText;
import io.percolate.conditioning.prompts.TextConditioner;
import io.percolate.conditioning.prompts.TextTower;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.samplers.published.SamplerConfig;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.UNetConfig;
import io.percolate.diffusion.unet.published.UNetJson;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.NoiseSource;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.generation.Inpainting;
import io.percolate.pipeline.generation.InstructEditing;
import io.percolate.testing.Reference;
import io.percolate.vae.AutoencoderKl;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kinds of models of which there is no published example small enough: shapes of the reference, random values. */
class FamiliesTest {

    private static final Path SD2 = Reference.path("sd2-tiny");
    private static final BufferedImage BLACK = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);

    private final NDManager manager = TorchEngine.newManager();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void free() {
        recorder.close();
        manager.close();
    }

    @Test
    void inpaintingModelsSeeTheMaskAndWhatIsOutsideIt() {
        UNetConfig config =
                UNetJson.read(JsonConfig.read(SD2.resolve("unet/config.json"))).withChannels(9, 4);
        try (Pipeline pipeline = latent(config)) {
            GenerationRequest.Builder request = request("a castle");
            pipeline.generate(request.task(new Inpainting(BLACK, BLACK, 1)).build(), recorder);
            assertThat(recorder.latents().getShape().getShape()).containsExactly(1, 4, 8, 8);
            assertThatThrownBy(() -> pipeline.generate(request("a castle").build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("random: its U-Net also sees a mask and the image outside it: ")
                    .hasMessageContaining("pass an image and a mask");
        }
    }

    @Test
    void editingModelsSeeTheImageToChange() {
        UNetConfig config =
                UNetJson.read(JsonConfig.read(SD2.resolve("unet/config.json"))).withChannels(8, 4);
        try (Pipeline pipeline = latent(config)) {
            pipeline.generate(
                    request("paint it red").task(new InstructEditing(BLACK, 1)).build(), recorder);
            float[] free = recorder.latents().toFloatArray();
            pipeline.generate(
                    request("paint it red").task(new InstructEditing(BLACK, 2)).build(), recorder);
            assertThat(recorder.latents().toFloatArray()).isNotEqualTo(free);
            assertThatThrownBy(() -> pipeline.generate(request("paint it red").build()))
                    .hasMessageContaining("pass an image");
        }
    }

    @Test
    void consistencyModelsAreToldTheGuidanceScale() {
        try (Pipeline pipeline = latent(config(SD2, Map.of("time_cond_proj_dim", 16)))) {
            pipeline.generate(request("a castle").guidanceScale(2).build(), recorder);
            float[] weak = recorder.latents().toFloatArray();
            pipeline.generate(request("a castle").guidanceScale(8).build(), recorder);
            assertThat(recorder.latents().toFloatArray()).isNotEqualTo(weak);
        }
    }

    @Test
    void classConditionalModelsGenerateTheClassAskedForByNumber() {
        try (Pipeline pipeline = pixels(config(Reference.path("ddpm-tiny"), Map.of("num_class_embeds", 10)))) {
            pipeline.generate(request("3").build(), recorder);
            float[] three = recorder.latents().toFloatArray();
            pipeline.generate(request("4").build(), recorder);
            assertThat(recorder.latents().toFloatArray()).isNotEqualTo(three);
            assertThatThrownBy(() -> pipeline.generate(request("a cat").build()))
                    .hasMessageContaining("by its number, 0 to 9");
        }
    }

    @Test
    void modelsWithoutTextRefuseAPrompt() {
        try (Pipeline pipeline = Pipeline.load(Reference.path("ddpm-tiny"))) {
            assertThatThrownBy(() -> pipeline.generate(request("a cat").build()))
                    .hasMessageContaining("trained without text");
        }
    }

    @Test
    void modelsThatCannotBeGuidedSayWhatToDo() {
        GenerationRequest guided = request("3").guidanceScale(2).build();
        try (Pipeline pipeline = pixels(config(Reference.path("ddpm-tiny"), Map.of("num_class_embeds", 10)))) {
            assertThatThrownBy(() -> pipeline.generate(guided))
                    .hasMessageContaining("guidance scale 2.0, but this model was trained without a null class")
                    .hasMessageContaining("null_class in percolate.json");
        }
        try (Pipeline pipeline = Pipeline.load(Reference.path("ddpm-tiny"))) {
            GenerationRequest.Builder none = GenerationRequest.of().size(32, 32).steps(2);
            assertThatThrownBy(() -> pipeline.generate(none.guidanceScale(2).build()))
                    .hasMessageContaining("guidance scale 2.0, but this model was trained without text and classes");
            assertThat(pipeline.generate(none.guidanceScale(1).build())).hasSize(1);
        }
    }

    @Test
    void modelsWithoutTextRefuseANegativePrompt() {
        GenerationRequest negative =
                GenerationRequest.of().negativePrompt("blurry").build();
        try (Pipeline pipeline = Pipeline.load(Reference.path("ddpm-tiny"))) {
            assertThatThrownBy(() -> pipeline.generate(negative)).hasMessageContaining("a negative prompt");
        }
    }

    private static GenerationRequest.Builder request(String prompt) {
        return GenerationRequest.of(prompt).size(64, 64).steps(2).seed(0).sampler(SamplerKind.DDIM);
    }

    private static UNetConfig config(Path model, Map<String, Object> changes) {
        Map<String, Object> values =
                new TreeMap<>(JsonConfig.read(model.resolve("unet/config.json")).values());
        values.putAll(changes);
        return UNetJson.read(JsonConfig.of(values));
    }

    private Pipeline latent(UNetConfig config) {
        ImageCodec codec = new ImageCodec.Autoencoder(AutoencoderKl.load(SD2.resolve("vae"), manager));
        TextTower tower = TextTower.load(SD2.resolve("tokenizer"), SD2.resolve("text_encoder"), manager);
        return pipeline(config, codec, Optional.of(new StableDiffusionText(tower, manager)));
    }

    private Pipeline pixels(UNetConfig config) {
        return pipeline(config, new ImageCodec.Identity(), Optional.empty());
    }

    private Pipeline pipeline(UNetConfig config, ImageCodec codec, Optional<TextConditioner> text) {
        UNet unet = new UNet(config);
        NoiseSource random = NoiseSource.seeded(1);
        unet.shapes()
                .forEach((name, shape) -> unet.assign(
                        name, random.normal(manager, shape, DataType.FLOAT32).mul(0.1f)));
        SamplerConfig sampler = SamplerConfig.of(SamplerKind.DDIM, DiffusionProcess.stableDiffusion());
        ModelDefaults defaults = new ModelDefaults("random", 64, 64, 2, text.isPresent() ? 3 : 1);
        return Pipeline.of(new DiffusionModel(
                unet, List.of(), codec, codec, text, sampler, defaults, Precision.FP32, List.of(), manager));
    }
}
