package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.testing.Reference;
import io.percolate.weights.SingleFile;
import io.percolate.weights.layout.ModelFamily;
import io.percolate.weights.safetensors.SafeTensors;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConversionTest {

    private static final String UNET = "unet/diffusion_pytorch_model.safetensors";
    private static final String VAE = "vae/diffusion_pytorch_model.safetensors";
    private static final String TEXT = "text_encoder/model.safetensors";

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"sd1-tiny", "sd2-tiny", "sdxl-tiny"})
    void thereAndBackEveryTensorIsWhatItWas(String name) {
        Path model = Reference.path(name);
        Path folder = temporary.resolve("folder");
        Conversion.of(model).to(folder);
        Path single = temporary.resolve("model.safetensors");
        Conversion.of(folder).to(single);
        Path back = temporary.resolve("back");
        Conversion.of(single).withConfigs(model).to(back);
        assertThat(back.resolve(UNET)).hasSameBinaryContentAs(folder.resolve(UNET));
        assertThat(back.resolve(VAE)).hasSameBinaryContentAs(folder.resolve(VAE));
        assertThat(back.resolve(TEXT)).hasSameBinaryContentAs(folder.resolve(TEXT));
        Pipeline.load(back).close();
    }

    @ParameterizedTest
    @CsvSource({"sd1-tiny,SD1", "sd2-tiny,SD2", "sdxl-tiny,SDXL"})
    void aSingleFileTellsItsFamily(String name, ModelFamily family) {
        Path single = temporary.resolve("model.safetensors");
        Conversion.of(Reference.path(name)).to(single);
        try (SingleFile file = SingleFile.open(single)) {
            assertThat(file.family()).isEqualTo(family);
        }
        assertThatThrownBy(() -> Pipeline.load(single)).hasMessageContaining("give a folder with its configs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1-tiny", "sd2-tiny", "sdxl-tiny"})
    void aFamilysConfigsAreReadAsTheyWereWritten(String name) {
        Path single = temporary.resolve("model.safetensors");
        Conversion.of(Reference.path(name)).to(single);
        try (SingleFile file = SingleFile.open(single)) {
            ModelFolder.of(file).writeConfigs(temporary.resolve("folder"), ElementType.F16);
            ModelConfigs written = PublishedConfigs.of(file);
            ModelConfigs read = ModelConfigs.read(temporary.resolve("folder"));
            assertThat(read.unet()).isEqualTo(written.unet());
            assertThat(read.vae()).isEqualTo(written.vae());
            assertThat(read.sampler()).isEqualTo(written.sampler());
            written.text()
                    .forEach((part, text) ->
                            assertThat(read.text().get(part).encoder()).isEqualTo(text.encoder()));
        }
    }

    @Test
    void anInterruptedConversionSaysSoAndLeavesNothing() {
        Path single = temporary.resolve("interrupted.safetensors");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Conversion.of(Reference.path("sd2-tiny")).to(single))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(single).doesNotExist();
    }

    @Test
    void aFileIsNamedAfterThePublishedOneItCameFrom() {
        Path single = temporary.resolve("model.safetensors");
        Conversion.of(Reference.path("sd1-tiny")).to(single);
        try (SafeTensors ours = SafeTensors.open(single);
                SafeTensors theirs = SafeTensors.open(Reference.path("sd1-tiny/single-file.safetensors"))) {
            assertThat(ours.names()).isSubsetOf(theirs.names());
        }
    }

    @Test
    void halvesNumbersIfAsked() {
        Conversion.of(Reference.path("sd1-tiny")).withType(ElementType.BF16).to(temporary);
        try (StateDict unet = SafeTensors.open(temporary.resolve(UNET));
                NDManager manager = TorchEngine.newManager()) {
            assertThat(unet.info("conv_in.weight").type()).isEqualTo(ElementType.BF16);
            NDArray exact = Reference.read(
                    manager, Reference.path("sd1-tiny/unet"), "diffusion_pytorch_model", "conv_in.weight");
            Reference.assertClose(unet.read(manager, "conv_in.weight"), exact, 1 / 256.0);
        }
    }

    @Test
    void pixelModelsHaveNoSingleFile() {
        Path target = temporary.resolve("model.safetensors");
        assertThatThrownBy(() -> Conversion.of(Reference.path("ddpm-tiny")).to(target))
                .hasMessageContaining("convert to a folder");
        assertThat(Files.exists(target)).isFalse();
    }
}
