package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.model.TinyLora;
import io.percolate.weights.layout.ModelPart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraCommandTest {

    @TempDir
    private Path folder;

    private Path lora;

    @BeforeEach
    void write() {
        lora = TinyLora.write(
                folder.resolve("style.safetensors"), CommandRun.MODEL, ModelPart.UNET, ModelPart.TEXT_ENCODER);
    }

    @Test
    void generateMergesAndTells() {
        Path image = folder.resolve("with.png");
        CommandRun run = generate("--lora", lora + ":0.5", "--lora", lora, "--out", image);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(CommandRun.of("inspect", image).out())
                .contains("LoRA: \"style.safetensors:0.5, style.safetensors:1.0\"");
        Path without = folder.resolve("without.png");
        generate("--out", without);
        assertThat(CommandRun.of("inspect", without).out()).doesNotContain("LoRA");
        assertThat(topLeft(image)).isNotEqualTo(topLeft(without));
    }

    @Test
    void convertBakes() {
        Path baked = folder.resolve("baked");
        assertThat(CommandRun.of("convert", CommandRun.MODEL, baked, "--lora", lora + ":-.5")
                        .exitCode())
                .isZero();
        assertThat(baked.resolve("unet")).isDirectory();
    }

    @Test
    void inspectSaysWhatItIs() throws IOException {
        CommandRun run = CommandRun.of("inspect", lora, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.path("naming").get(0).asText()).isEqualTo("KOHYA");
        assertThat(report.path("ranks").get(0).asInt()).isEqualTo(2);
        assertThat(report.path("alphas").get(0).asDouble()).isEqualTo(3);
        assertThat(report.path("updates").path("UNET").asInt()).isGreaterThan(10);
        assertThat(CommandRun.of("inspect", lora).out()).contains("family", "LoRA", "text_encoder", "layers");
    }

    @Test
    void aLoraInPlaceOfAModelAsksForTheModel() {
        CommandRun run = CommandRun.of("generate", "a castle", "--model", lora);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("a LoRA", "--lora", "--model");
    }

    @Test
    void aModelInPlaceOfALoraIsRefused() {
        Path unet = CommandRun.MODEL.resolve("unet/diffusion_pytorch_model.safetensors");
        CommandRun run = generate("--lora", unet, "--out", folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("no LoRA", "--model");
    }

    @Test
    void aFileThatIsNotThereIsNamedWhole() {
        CommandRun run = generate("--lora", folder.resolve("absent.safetensors:much"), "--out", folder);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("absent.safetensors:much: no such file");
    }

    private static int[] topLeft(Path image) {
        return ImageFiles.read(image).getRGB(0, 0, 32, 32, null, 0, 32);
    }

    private static CommandRun generate(Object... more) {
        Stream<Object> all = Stream.concat(
                Stream.of("generate", "a castle", "--model", CommandRun.MODEL, "--steps=1", "--size=64x64", "--seed=1"),
                Stream.of(more));
        return CommandRun.of(all.toArray());
    }
}
