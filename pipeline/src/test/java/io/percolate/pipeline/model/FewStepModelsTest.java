package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.generation.GeneratedImage;
import io.percolate.pipeline.generation.GenerationListener;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.testing.Reference;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Few-step models in the layouts that they are published in: the timesteps and the guidance that their images get. */
class FewStepModelsTest {

    private static final Path SD1 = Reference.path("sd1-tiny");
    private static final Path SDXL = Reference.path("sdxl-tiny");
    private static final int GUIDANCE_WIDTH = 8;

    @TempDir
    private Path folder;

    private final NDManager manager = TorchEngine.newManager();
    private final Recorder recorder = new Recorder();
    private final List<Double> timesteps = new ArrayList<>();
    private GeneratedImage image;

    @AfterEach
    void free() {
        recorder.close();
        manager.close();
    }

    /** As LCM_Dreamshaper_v7 is published: a U-Net that is told the guidance scale, and the scheduler for it. */
    @Test
    void consistencyModelsInAFolder() {
        Path model = lcmFolder("LCM_Dreamshaper_v7", "LCMScheduler");
        generate(model, LoadOptions.DEFAULT);
        assertSettings("lcm", "4", "8.0");
        assertThat(timesteps).containsExactly(999.0, 759.0, 499.0, 259.0);
    }

    /** The first of them were published with the scheduler of their base. */
    @Test
    void whatTheDenoiserIsToldComesBeforeTheScheduler() {
        generate(lcmFolder("distilled", "DDIMScheduler"), LoadOptions.DEFAULT);
        assertSettings("lcm", "4", "8.0");
    }

    /** As sd-turbo and sdxl-turbo are published. */
    @Test
    void turboModelsInAFolder() {
        Path turbo = copy(SD1, "turbo");
        scheduler(turbo, "EulerDiscreteScheduler", Map.of("timestep_spacing", "trailing"));
        NDArray own = generate(turbo, LoadOptions.DEFAULT);
        assertSettings("euler", "4", "1.0");
        assertThat(timesteps).containsExactly(999.0, 749.0, 499.0, 249.0);
        assertThat(generate(turbo, LoadOptions.DEFAULT, request().steps(4).guidanceScale(0)))
                .isEqualTo(own);
        Path xl = copy(SDXL, "turbo-xl");
        scheduler(xl, "EulerAncestralDiscreteScheduler", Map.of("timestep_spacing", "trailing"));
        generate(xl, LoadOptions.DEFAULT);
        assertSettings("euler_a", "4", "1.0");
    }

    /** Others are saved with such a scheduler, too: what they are called is more exact. */
    @Test
    void aNameTellsMoreThanWhereTheSamplerBegins() {
        Path model = copy(SDXL, "RealVisXL_Lightning_8step");
        scheduler(model, "EulerDiscreteScheduler", Map.of("timestep_spacing", "trailing"));
        try (Pipeline pipeline = Pipeline.load(model)) {
            assertThat(pipeline.defaults().steps()).isEqualTo(8);
        }
    }

    /** The scheduler of a model that predicts the velocity of pure noise also begins there, and asks for many steps. */
    @Test
    void trailingSpacingAloneIsNoTurbo() {
        Path model = copy(SD1, "zero-snr");
        scheduler(
                model,
                "EulerDiscreteScheduler",
                Map.of("timestep_spacing", "trailing", "prediction_type", "v_prediction"));
        try (Pipeline pipeline = Pipeline.load(model)) {
            assertThat(pipeline.defaults().steps()).isEqualTo(50);
            assertThat(pipeline.defaults().guidanceScale()).isEqualTo(7.5);
        }
    }

    /** As lcm-lora-sdv1-5 is published: in kohya's names, in a file that is called like all others. */
    @Test
    void consistencyLoras() {
        Path lora = lora("lcm-lora-sdv1-5/pytorch_lora_weights.safetensors", SD1);
        NDArray own = generate(SD1, LoadOptions.DEFAULT.withLora(lora, 1));
        assertSettings("lcm", "4", "1.0");
        assertThat(timesteps).containsExactly(999.0, 759.0, 499.0, 259.0);
        Path plain = lora("plain.safetensors", SD1);
        GenerationRequest.Builder asked =
                request().sampler(SamplerKind.LCM).steps(4).guidanceScale(1);
        assertThat(generate(SD1, LoadOptions.DEFAULT.withLora(plain, 1), asked)).isEqualTo(own);
    }

    @Test
    void lorasThatAreNotAddedAndStylesChangeNothing() {
        Path lora = lora("lcm.safetensors", SD1);
        Path style = lora("style.safetensors", SD1);
        for (LoadOptions options :
                List.of(LoadOptions.DEFAULT.withLora(lora, 0), LoadOptions.DEFAULT.withLora(style, 1))) {
            try (Pipeline pipeline = Pipeline.load(SD1, options)) {
                assertThat(pipeline.defaults().steps()).isEqualTo(50);
            }
        }
        generate(SD1, LoadOptions.DEFAULT.withLora(style, 1).withLora(lora, 0.5));
        assertSettings("lcm", "4", "1.0");
    }

    /** What the writer of a file called it comes before what somebody renamed it to. */
    @Test
    void lorasAreKnownByTheirMetadata() throws IOException {
        Path lora = lora("download(3).safetensors", SDXL);
        Path titled = folder.resolve("titled.safetensors");
        try (StateDict tensors = WeightFile.open(lora)) {
            SafeTensors.write(titled, tensors, Map.of("modelspec.title", "Hyper-SDXL-2steps-lora"), null, manager);
        }
        generate(SDXL, LoadOptions.DEFAULT.withLora(titled, 1));
        assertSettings("ddim", "2", "1.0");
        assertThat(timesteps).containsExactly(999.0, 499.0);
    }

    @Test
    void lightningLorasHaveTheStepsOfTheirName() {
        Path lora = lora("sdxl_lightning_8step_lora.safetensors", SDXL);
        generate(SDXL, LoadOptions.DEFAULT.withLora(lora, 1));
        assertSettings("euler", "8", "1.0");
        assertThat(timesteps).containsExactly(999.0, 874.0, 749.0, 624.0, 499.0, 374.0, 249.0, 124.0);
    }

    /** As SDXL-Lightning is published: the U-Net alone, in the names of diffusers. */
    @Test
    void lightningUNetsOverABase() throws IOException {
        Path unet =
                Files.copy(WeightFile.inFolder(SDXL.resolve("unet")), path("sdxl_lightning_4step_unet.safetensors"));
        NDArray own = generate(SDXL, LoadOptions.DEFAULT.withUNet(unet));
        assertSettings("euler", "4", "1.0");
        assertThat(timesteps).containsExactly(999.0, 749.0, 499.0, 249.0);
        GenerationRequest.Builder asked = request()
                .sampler(SamplerKind.EULER)
                .spacing(TimestepSpacing.TRAILING)
                .steps(4)
                .guidanceScale(1);
        assertThat(generate(SDXL, LoadOptions.DEFAULT, asked)).isEqualTo(own);
    }

    @Test
    void theLightningOfOneStepPredictsTheImage() throws IOException {
        Path file = WeightFile.inFolder(SDXL.resolve("unet"));
        Path named = Files.copy(file, path("sdxl_lightning_1step_unet_x0.safetensors"));
        NDArray own = generate(SDXL, LoadOptions.DEFAULT.withUNet(named));
        assertSettings("euler", "1", "1.0");
        assertThat(timesteps).containsExactly(999.0);
        GenerationRequest.Builder asked = request()
                .sampler(SamplerKind.EULER)
                .spacing(TimestepSpacing.TRAILING)
                .steps(1)
                .guidanceScale(1);
        assertThat(generate(SDXL, LoadOptions.DEFAULT.withPrediction(Prediction.X0), asked))
                .isEqualTo(own);
    }

    /** As lcm-sdxl is published: the folder of a U-Net that is told the guidance scale, or its file alone. */
    @Test
    void consistencyUNetsOverABase() {
        Path unet = lcmFolder("distilled", "DDIMScheduler").resolve("unet");
        NDArray own = generate(SD1, LoadOptions.DEFAULT.withUNet(unet));
        assertThat(timesteps).containsExactly(999.0, 759.0, 499.0, 259.0);
        assertSettings("lcm", "4", "8.0");
        Path file = WeightFile.inFolder(unet);
        assertThat(generate(SD1, LoadOptions.DEFAULT.withUNet(file))).isEqualTo(own);
    }

    /** In the names of the original code, alone or in a whole model. */
    @Test
    void uNetsInTheOriginalNames() {
        Path whole = SD1.resolve("single-file.safetensors");
        Path alone = path("unet.safetensors");
        try (StateDict tensors = WeightFile.open(whole)) {
            SafeTensors.write(alone, tensors.under("model.diffusion_model."), Map.of(), null, manager);
        }
        GenerationRequest.Builder few = request().steps(2);
        NDArray own = generate(SD1, LoadOptions.DEFAULT, few);
        assertThat(generate(SD1, LoadOptions.DEFAULT.withUNet(whole), few)).isEqualTo(own);
        assertThat(generate(SD1, LoadOptions.DEFAULT.withUNet(alone), few)).isEqualTo(own);
    }

    @Test
    void whatIsNoUNetOfThisModelIsRefused() {
        Path lora = lora("style.safetensors", SD1);
        assertThatThrownBy(() -> Pipeline.load(SD1, LoadOptions.DEFAULT.withUNet(lora)))
                .hasMessageStartingWith(lora.toString())
                .hasMessageContaining("no U-Net")
                .hasMessageContaining("a LoRA is given with --lora");
        Path other = WeightFile.inFolder(SDXL.resolve("unet"));
        assertThatThrownBy(() -> Pipeline.load(SD1, LoadOptions.DEFAULT.withUNet(other)))
                .hasMessageContaining(other.toString());
        assertThatThrownBy(() -> Pipeline.load(SD1, LoadOptions.DEFAULT.withUNet(path("absent.safetensors"))))
                .hasMessageContaining("no such file or folder, but a U-Net is asked for");
    }

    /** A LoRA that is merged for good leaves its scheduler in the folder, by which it is known again. */
    @Test
    void convertedModelsAreSampledAsBefore() {
        Path lora = lora("lcm-lora-sdv1-5/pytorch_lora_weights.safetensors", SD1);
        NDArray expected = generate(SD1, LoadOptions.DEFAULT.withLora(lora, 1));
        Path merged = path("merged");
        Conversion.of(SD1).withLora(lora, 1).withType(ElementType.F32).to(merged);
        assertThat(generate(merged, LoadOptions.DEFAULT)).isEqualTo(expected);
        assertSettings("lcm", "4", "1.0");
        assertThat(JsonConfig.read(merged.resolve("model_index.json")).strings("scheduler"))
                .containsExactly("diffusers", "LCMScheduler");
    }

    /** A single file of Stable Diffusion 2's family is otherwise taken for one that predicts the velocity. */
    @Test
    void convertedSingleFilesKeepWhatTheirNameTells() throws IOException {
        Path single = Files.copy(SD1.resolve("single-file.safetensors"), path("sd_turbo.safetensors"));
        Path folder = path("converted");
        Conversion.of(single).withConfigs(SD1).to(folder);
        generate(folder, LoadOptions.DEFAULT);
        assertSettings("euler", "4", "1.0");
        assertThat(timesteps).containsExactly(999.0, 749.0, 499.0, 249.0);
    }

    /** Models trained here say themselves how they are sampled, whatever they are called. */
    @Test
    void modelsThatSayTheirDefaultsKeepThem() {
        Path model = copy(SD1, "lcm-of-mine");
        new ModelDefaults("mine", 64, 64, 20, 2).write(model);
        try (Pipeline pipeline = Pipeline.load(model)) {
            assertThat(pipeline.defaults().steps()).isEqualTo(20);
        }
        Path lora = lora("lcm.safetensors", SD1);
        try (Pipeline pipeline = Pipeline.load(model, LoadOptions.DEFAULT.withLora(lora, 1))) {
            assertThat(pipeline.defaults().steps()).isEqualTo(4);
        }
    }

    private void assertSettings(String sampler, String steps, String guidance) {
        assertThat(image.text().settings())
                .containsEntry("Sampler", sampler)
                .containsEntry("Steps", steps)
                .containsEntry("CFG scale", guidance);
    }

    private static GenerationRequest.Builder request() {
        return GenerationRequest.of("a castle").size(64, 64).seed(3);
    }

    private NDArray generate(Path model, LoadOptions options) {
        return generate(model, options, request());
    }

    private NDArray generate(Path model, LoadOptions options, GenerationRequest.Builder request) {
        timesteps.clear();
        GenerationListener steps = new GenerationListener() {
            @Override
            public void stepped(Progress progress) {
                timesteps.add(progress.timestep());
            }
        };
        try (Pipeline pipeline = Pipeline.load(model, options)) {
            image = pipeline.generate(request.build(), recorder.and(steps)).get(0);
        }
        return recorder.latents();
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private Path lora(String name, Path model) {
        return TinyLora.write(path(name), model, ModelPart.UNET);
    }

    private Path copy(Path model, String name) {
        Path copy = path(name);
        Conversion.of(model).withType(ElementType.F32).to(copy);
        return copy;
    }

    private static void scheduler(Path model, String className, Map<String, Object> changes) {
        Path file = model.resolve("scheduler/scheduler_config.json");
        Map<String, Object> values = new TreeMap<>(Map.of(
                "_class_name", className, "beta_start", 0.00085, "beta_end", 0.012, "beta_schedule", "scaled_linear"));
        values.putAll(changes);
        JsonConfig.of(values).write(file);
    }

    private Path lcmFolder(String name, String scheduler) {
        Path model = copy(SD1, name);
        scheduler(model, scheduler, Map.of());
        Path config = model.resolve("unet/config.json");
        Map<String, Object> values = new TreeMap<>(JsonConfig.read(config).values());
        values.put("time_cond_proj_dim", GUIDANCE_WIDTH);
        JsonConfig.of(values).write(config);
        Path file = WeightFile.inFolder(model.resolve("unet"));
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        try (StateDict own = WeightFile.open(file)) {
            own.names().forEach(tensor -> tensors.put(tensor, own.copy(manager, tensor, DataType.FLOAT32)));
        }
        long channels = tensors.get("conv_in.weight").getShape().get(0);
        tensors.put("time_embedding.cond_proj.weight", manager.full(new Shape(channels, GUIDANCE_WIDTH), 0.1f));
        SafeTensors.write(file, tensors, Map.of(), ElementType.F32);
        return model;
    }
}
