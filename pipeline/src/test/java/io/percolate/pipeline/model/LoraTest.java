package io.percolate.pipeline.model;

import static io.percolate.testing.Reference.TOLERANCE;
import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.testing.Reference;
import io.percolate.weights.WeightFile;
import io.percolate.weights.layout.ModelPart;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import io.percolate.weights.tensors.WeightsException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTest {

    private static final Path SD1 = Reference.path("sd1-tiny");
    private static final LoadOptions WITH_CONFIGS = LoadOptions.DEFAULT.withConfigs(SD1);
    private static final double SCALE = 0.8;

    private final Recorder recorder = new Recorder();

    @TempDir
    private Path folder;

    private Path lora;

    @BeforeEach
    void write() {
        lora = TinyLora.write(folder.resolve("style.safetensors"), SD1, ModelPart.UNET, ModelPart.TEXT_ENCODER);
    }

    @AfterEach
    void free() {
        recorder.close();
    }

    @Test
    void drawsWhatAModelWithTheSumsInItsFilesDraws() {
        Path sums = folder.resolve("sums");
        Conversion.of(SD1).to(sums);
        for (ModelPart part : List.of(ModelPart.UNET, ModelPart.TEXT_ENCODER)) {
            TinyLora.addTo(sums.resolve(part.folder()), part, lora, SCALE);
        }
        NDArray expected = generated(sums, LoadOptions.DEFAULT);
        assertThat(generated(SD1, LoadOptions.DEFAULT)).isNotEqualTo(expected);
        assertClose(generated(SD1, LoadOptions.DEFAULT.withLora(lora, SCALE)), expected, TOLERANCE);
        assertClose(
                generated(SD1.resolve("single-file.safetensors"), WITH_CONFIGS.withLora(lora, SCALE)),
                expected,
                TOLERANCE);
        assertClose(
                generated(SD1.resolve("single-file-fp16.ckpt"), WITH_CONFIGS.withLora(lora, SCALE)), expected, 0.02);
    }

    @Test
    void convertedModelsHaveThemForGood() {
        NDArray expected = generated(SD1, LoadOptions.DEFAULT.withLora(lora, SCALE));
        Path baked = folder.resolve("baked");
        Path single = folder.resolve("baked.safetensors");
        Conversion conversion = Conversion.of(SD1).withLora(lora, SCALE);
        conversion.to(baked);
        conversion.to(single);
        assertThat(generated(baked, LoadOptions.DEFAULT)).isEqualTo(expected);
        assertThat(generated(single, WITH_CONFIGS)).isEqualTo(expected);
    }

    @Test
    void convertedModelsKeepTheirTypes() {
        Path sdxl = Reference.path("sdxl-tiny");
        Path file = TinyLora.write(folder.resolve("xl.safetensors"), sdxl, ModelPart.UNET, ModelPart.TEXT_ENCODER_2);
        Path baked = folder.resolve("baked.safetensors");
        Conversion.of(sdxl).withLora(file, SCALE).to(baked);
        try (StateDict tensors = WeightFile.open(baked)) {
            assertThat(tensors.names()).allMatch(name -> tensors.info(name).type() == ElementType.F16);
        }
        assertClose(
                generated(baked, LoadOptions.DEFAULT.withConfigs(sdxl)),
                generated(sdxl, LoadOptions.DEFAULT.withLora(file, SCALE)),
                0.02);
    }

    @Test
    void partsInTurnDrawTheSameAndKeepNothing() {
        LoadOptions options = LoadOptions.DEFAULT.withLora(lora, SCALE).withLora(lora, -0.1);
        NDArray expected = generated(SD1, options);
        DiffusionModel parts = ModelLoader.load(SD1, options.withOffload());
        try (Pipeline pipeline = Pipeline.of(parts)) {
            int arrays = parts.manager().getManagedArrays().size();
            for (int times = 0; times < 2; times++) {
                assertThat(generated(pipeline)).isEqualTo(expected);
                assertThat(parts.manager().getManagedArrays()).hasSize(arrays);
            }
        }
    }

    @Test
    void noneAtAllIsAsIfThereWereNone() {
        NDArray plain = generated(SD1, LoadOptions.DEFAULT);
        assertThat(generated(SD1, LoadOptions.DEFAULT.withLora(lora, 0))).isEqualTo(plain);
        LoadOptions thereAndBack = LoadOptions.DEFAULT.withLora(lora, 1).withLora(lora, -1);
        assertClose(generated(SD1, thereAndBack), plain, TOLERANCE);
    }

    @Test
    void imagesTellTheirLoras() {
        LoadOptions options = LoadOptions.DEFAULT.withLora(lora, SCALE).withLora(lora, -1);
        try (Pipeline pipeline = Pipeline.load(SD1, options)) {
            ParameterText text = pipeline.generate(request()).get(0).text();
            assertThat(text.settings()).containsEntry("LoRA", "style.safetensors:0.8, style.safetensors:-1.0");
            assertThat(ParameterText.parse(text.format())).isEqualTo(text);
        }
    }

    @Test
    void theWholeFileMustFit() {
        Path sdxl = Reference.path("sdxl-tiny");
        Path xl = TinyLora.write(folder.resolve("xl.safetensors"), sdxl, ModelPart.UNET);
        assertThatThrownBy(() -> Pipeline.load(SD1, LoadOptions.DEFAULT.withLora(xl, 1)))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(xl.toString())
                .hasMessageContaining(", which is for prompts of width 80 and not of 32 as here,")
                .hasMessageEndingWith("take one that was made for this family");
        Path second = TinyLora.write(folder.resolve("second.safetensors"), sdxl, ModelPart.TEXT_ENCODER_2);
        assertThatThrownBy(
                        () -> Pipeline.load(SD1.resolve("single-file.safetensors"), WITH_CONFIGS.withLora(second, 1)))
                .hasMessage(
                        second + ": changes the text_encoder_2, which this model does not have: take one that was made"
                                + " for this model");
        assertThatThrownBy(() -> Conversion.of(SD1).withLora(second, 1).to(folder.resolve("out")))
                .isInstanceOf(WeightsException.class);
    }

    @Test
    void aFolderOfDiffusersHoldsOneFile() {
        Path published = folder.resolve("published");
        TinyLora.write(published.resolve("pytorch_lora_weights.safetensors"), SD1, ModelPart.UNET);
        Pipeline.load(SD1, LoadOptions.DEFAULT.withLora(published, 1)).close();
        assertThatThrownBy(() -> Pipeline.load(SD1, LoadOptions.DEFAULT.withLora(SD1, 1)))
                .hasMessageContaining("name the LoRA's file");
    }

    @Test
    void scalesAreNumbers() {
        assertThatThrownBy(() -> LoadOptions.DEFAULT.withLora(lora, Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give a number such as 0.8");
    }

    private NDArray generated(Path model, LoadOptions options) {
        try (Pipeline pipeline = Pipeline.load(model, options)) {
            return generated(pipeline);
        }
    }

    private NDArray generated(Pipeline pipeline) {
        pipeline.generate(request(), recorder);
        return recorder.latents();
    }

    private static GenerationRequest request() {
        return GenerationRequest.of("a castle").steps(2).size(32, 32).seed(1).build();
    }
}
