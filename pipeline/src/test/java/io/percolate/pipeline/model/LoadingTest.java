package io.percolate.pipeline.model;

import static io.percolate.testing.Reference.TOLERANCE;
import static io.percolate.testing.Reference.assertClose;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.Recorder;
import io.percolate.pipeline.generation.GenerationRequest;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.testing.Reference;
import io.percolate.weights.EmbeddedModel;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadingTest {

    private static final Path SD1 = Reference.path("sd1-tiny");

    private final Recorder recorder = new Recorder();

    @AfterEach
    void free() {
        recorder.close();
    }

    @Test
    void aFolderGeneratesWhatDiffusersGenerates() {
        generate(SD1, LoadOptions.DEFAULT);
        assertClose(recorder.latents(), expected("final_latents"), TOLERANCE);
        assertClose(recorder.image(), expected("image"), TOLERANCE);
    }

    @Test
    void aSingleFileGeneratesWhatItsFolderGenerates() {
        generate(SD1.resolve("single-file.safetensors"), LoadOptions.DEFAULT.withConfigs(SD1));
        assertClose(recorder.latents(), expected("final_latents"), TOLERANCE);
    }

    @Test
    void aCheckpointInHalfPrecisionGeneratesNearlyWhatItsFolderGenerates() {
        generate(SD1.resolve("single-file-fp16.ckpt"), LoadOptions.DEFAULT.withConfigs(SD1));
        assertClose(recorder.latents(), expected("final_latents"), 0.02);
    }

    @Test
    void anotherAutoencoderTakesThePlaceOfTheModelsOwn() {
        generate(SD1, LoadOptions.DEFAULT.withVae(SD1.resolve("single-file.safetensors")));
        assertClose(recorder.image(), expected("image"), TOLERANCE);
    }

    @Test
    void aModelFolderStandsForItsAutoencoder() {
        generate(SD1, LoadOptions.DEFAULT.withVae(SD1));
        assertClose(recorder.image(), expected("image"), TOLERANCE);
    }

    @Test
    void anAutoencoderOfAnotherNumberOfChannelsIsRefused() {
        LoadOptions options = LoadOptions.DEFAULT.withVae(EmbeddedModel.folder().resolve("vae"));
        assertThatThrownBy(() -> Pipeline.load(SD1, options))
                .hasMessageContaining("an autoencoder of 12 channels")
                .hasMessageContaining("predicts 4");
    }

    @Test
    void aFileOfUnusualSizeAsksForItsConfigs() {
        assertThatThrownBy(() -> Pipeline.load(SD1.resolve("single-file.safetensors")))
                .hasMessageContaining("mis-shaped")
                .hasMessageContaining("give a folder with its configs");
    }

    @Test
    void averagedWeightsThatAreNotThereAreRefused() {
        LoadOptions options = LoadOptions.DEFAULT.withConfigs(SD1).withAveragedWeights();
        assertThatThrownBy(() -> Pipeline.load(SD1.resolve("single-file.safetensors"), options))
                .hasMessageContaining("EMA");
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedInOneLine() {
        LoadOptions options = LoadOptions.DEFAULT.withDevice(Device.gpu(64));
        assertThatThrownBy(() -> Pipeline.load(SD1, options))
                .hasMessageMatching("gpu:64 is not available: this build of PyTorch sees \\d+ GPUs; use the CPU.*");
    }

    @Test
    void anImageIsNoModel(@TempDir Path folder) {
        Path image = folder.resolve("apple.png");
        ImageFiles.write(image, new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), ParameterText.of("", ""));
        assertThatThrownBy(() -> Pipeline.load(image))
                .hasMessageContaining("apple.png")
                .hasMessageContaining("a PNG image");
    }

    private void generate(Path path, LoadOptions options) {
        try (Pipeline pipeline = Pipeline.load(path, options)) {
            pipeline.generate(
                    GenerationRequest.of("a photo of an astronaut riding a horse", "red apple")
                            .negativePrompt("blurry, low quality")
                            .size(64, 64)
                            .steps(8)
                            .guidanceScale(7.5)
                            .sampler(SamplerKind.DDIM)
                            .latents(expected("latents"))
                            .build(),
                    recorder);
        }
    }

    private NDArray expected(String tensor) {
        return Reference.read(recorder.manager(), SD1, "expected_ddim", tensor);
    }
}
