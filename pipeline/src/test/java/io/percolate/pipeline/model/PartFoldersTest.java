package io.percolate.pipeline.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.Pipeline;
import io.percolate.testing.Reference;
import io.percolate.weights.tensors.WeightsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartFoldersTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"vae", "text_encoder", "text_encoder_2"})
    void aPartThatIsListedMustBeThere(String part) throws IOException {
        for (String copied : new String[] {"unet/config.json", "scheduler/scheduler_config.json"}) {
            Files.createDirectories(folder.resolve(copied).getParent());
            Files.copy(Reference.path("sd1-tiny").resolve(copied), folder.resolve(copied));
        }
        Files.createDirectory(folder.resolve("tokenizer"));
        Files.createDirectory(folder.resolve("tokenizer_2"));
        index("\"" + part + "\": [\"diffusers\", \"AutoencoderKL\"]");
        assertThatThrownBy(() -> ModelConfigs.read(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageContaining("no folder " + part)
                .hasMessageContaining("is the download complete?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "transformer": ["diffusers", "FluxTransformer2DModel"] | a FluxPipeline, whose denoiser is a transformer
            "requires_aesthetics_score": true                      | the SDXL refiner
            """)
    void otherModelsAreRefusedWithWhatTheyAre(String entry, String what) throws IOException {
        index(entry);
        assertThatThrownBy(() -> Pipeline.load(folder)).hasMessageContaining(what);
    }

    @Test
    void anyOtherFolderIsTold() {
        assertThatThrownBy(() -> Pipeline.load(folder))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(folder + ": no model_index.json");
    }

    private void index(String entry) throws IOException {
        Files.writeString(folder.resolve("model_index.json"), "{\"_class_name\": \"FluxPipeline\", " + entry + "}");
    }
}
