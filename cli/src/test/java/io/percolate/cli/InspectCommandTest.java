package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.weights.EmbeddedModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

    private static final Path REFERENCE = CommandRun.MODEL.getParent();

    @TempDir
    private Path folder;

    @Test
    void modelFolderSaysWhatItIs() throws IOException {
        JsonNode report = inspect(CommandRun.MODEL);
        assertThat(report.path("family").asText()).isEqualTo("Stable Diffusion 2");
        assertThat(report.path("prediction").asText()).isEqualTo("v_prediction");
        assertThat(report.path("complete").asBoolean()).isTrue();
        assertThat(report.path("parts").findValuesAsText("name")).containsExactly("unet", "vae", "text_encoder");
        assertThat(report.path("parts").get(0).path("types").get(0).asText()).isEqualTo("F16");
        assertThat(inspect(REFERENCE.resolve("sd1-tiny")).path("family").asText())
                .isEqualTo("Stable Diffusion 1");
        assertThat(inspect(REFERENCE.resolve("sdxl-tiny")).path("family").asText())
                .isEqualTo("Stable Diffusion XL");
        assertThat(inspect(EmbeddedModel.folder()).path("family").asText())
                .isEqualTo("Stable Diffusion XL's layout, second text encoder alone");
        assertThat(inspect(REFERENCE.resolve("ddpm-tiny")).path("family").asText())
                .isEqualTo("pixel-space DDPM");
    }

    @Test
    void singleFilesAreComparedWithConfigs() throws IOException {
        Path model = REFERENCE.resolve("sd1-tiny");
        JsonNode report = inspect(model.resolve("single-file.safetensors"), "--config", model);
        assertThat(report.path("family").asText()).isEqualTo("Stable Diffusion 1");
        assertThat(report.path("prediction").asText()).isEqualTo("epsilon");
        assertThat(report.path("complete").asBoolean()).as(report.toString()).isTrue();
        JsonNode pickle = inspect(model.resolve("single-file-fp16.ckpt"));
        assertThat(pickle.path("parts").findValuesAsText("parameters"))
                .isEqualTo(report.path("parts").findValuesAsText("parameters"));
        assertThat(pickle.path("problems").get(0).asText()).contains("--config");
    }

    @Test
    void whatIsMissingIsTold() throws IOException {
        Files.copy(CommandRun.MODEL.resolve("model_index.json"), folder.resolve("model_index.json"));
        Path unet = Files.createDirectory(folder.resolve("unet"));
        Path vae = CommandRun.MODEL.resolve("vae");
        Files.copy(CommandRun.MODEL.resolve("unet/config.json"), unet.resolve("config.json"));
        Files.copy(
                vae.resolve("diffusion_pytorch_model.safetensors"),
                unet.resolve("diffusion_pytorch_model.safetensors"));
        CommandRun run = CommandRun.of("inspect", folder);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("complete        no")
                .contains("does not fit the network", "missing (", "unexpected (")
                .contains("vae is missing: is the download complete?", "scheduler_config.json");
    }

    @Test
    void imageTellsItsParameters() {
        Path image = folder.resolve("image.png");
        ParameterText text = ParameterText.of("a red apple", "blurry").with(ParameterText.SEED, 42);
        ImageFiles.write(image, new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), text);
        assertThat(CommandRun.of("inspect", image).out().strip()).isEqualToNormalizingNewlines(text.format());
    }

    @Test
    void filesThatAreNoModelsAreFailures() throws IOException {
        Path file = Files.writeString(folder.resolve("model.safetensors"), "not a model, but long enough to look");
        assertThat(CommandRun.of("inspect", file).exitCode()).isEqualTo(1);
        CommandRun absent = CommandRun.of("inspect", folder.resolve("absent"));
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.err().strip()).hasLineCount(1).contains("absent: no such file or folder");
    }

    private static JsonNode inspect(Path path, Object... more) throws IOException {
        CommandRun run = CommandRun.of(Stream.concat(Stream.of("inspect", path, "--json"), Stream.of(more))
                .toArray());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }
}
