package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlNetCommandTest {

    private static final Path DATA = Path.of(System.getProperty("percolate.testdata"));
    private static final Path MODEL = DATA.resolve("sd1-tiny");
    private static final Path NETWORK = DATA.resolve("controlnet-sd1/controlnet");

    @TempDir
    private Path folder;

    private Path image;

    @BeforeEach
    void write() {
        image = folder.resolve("condition.png");
        BufferedImage half = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 64 * 32; i++) {
            half.setRGB(i % 32, i / 32, 0xFFFFFF);
        }
        ImageFiles.writePng(image, half);
    }

    @Test
    void generateSteersAndTells() {
        Path steered = folder.resolve("steered.png");
        CommandRun run = generate(
                steered,
                "--controlnet",
                NETWORK,
                "--control-image",
                image,
                "--control-preprocessor",
                "canny",
                "--control-scale",
                0.5,
                "--control-end",
                0.5);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(CommandRun.of("inspect", steered).out()).contains("ControlNet: \"controlnet:0.5 (0.0-0.5)\"");
    }

    @Test
    void imagesAndScalesMustMatchTheNetworks() {
        refused("1 --controlnet and 0 --control-image", "--controlnet", NETWORK);
        refused("0 --controlnet and 1 --control-image", "--control-image", image);
        refused("1 --control-scale, but 0 --controlnet", "--control-scale", 2);
        refused(
                "2 --control-end, but 1 --controlnet",
                "--controlnet",
                NETWORK,
                "--control-image",
                image,
                "--control-end",
                0.5,
                "--control-end",
                0.6);
    }

    @Test
    void inspectSaysWhatItIs() {
        CommandRun run = CommandRun.of("inspect", NETWORK);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("ControlNet for prompt embeddings of width 32")
                .contains("complete        yes");
    }

    @Test
    void evaluateTellsHowFarEdgesAgree() {
        Path data = folder.resolve("data");
        ImageFiles.writePng(data.resolve("one.png"), ImageFiles.read(image));
        ImageFiles.writePng(data.resolve("two.png"), ImageFiles.read(image));
        CommandRun run =
                CommandRun.of("evaluate", "--model", MODEL, "--data", data, "--controlnet", NETWORK, "--steps", 1);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .containsPattern("F1 [01]\\.\\d{3} with the ControlNet, [01]\\.\\d{3} without \\(2 images\\)");
    }

    @Test
    void aControlNetInPlaceOfAModelAsksForTheModel() {
        CommandRun run = CommandRun.of(
                "generate", "a castle", "--model", NETWORK.resolve("diffusion_pytorch_model.safetensors"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.complaint()).contains("a ControlNet", "--controlnet", "--model");
    }

    private void refused(String message, Object... options) {
        CommandRun run = generate(folder.resolve("never.png"), options);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains(message);
    }

    private static CommandRun generate(Path out, Object... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "generate",
                                "a castle",
                                "--model",
                                MODEL,
                                "--steps",
                                2,
                                "--size",
                                "64x64",
                                "--out",
                                out),
                        Stream.of(options))
                .toArray());
    }
}
