package io.percolate.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.cli.CommandRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Trainings without a recipe, of one step each; the second has the latents of the first. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TrainCommandTest {

    private static final int SIDE = 96;

    @TempDir
    private static Path folder;

    private static Path data;

    @BeforeAll
    static void writeImages() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xff0000);
            ImageIO.write(image, "png", data.resolve(i + ".png").toFile());
            Files.writeString(data.resolve(i + ".txt"), "image " + i);
        }
    }

    @Test
    @Order(1)
    void anAutoencoderOfItsResolution() throws IOException {
        JsonNode recipe = train("vae", "--resolution", 64, "--batch", 2, "--schedule", "linear");
        assertThat(recipe.at("/vae/sample_size").asInt()).isEqualTo(64);
        assertThat(recipe.at("/vae/block_out_channels")).hasSize(3);
        assertThat(recipe.at("/training/batch_size").asInt()).isEqualTo(2);
        assertThat(recipe.at("/training/learning_rate_schedule").asText()).isEqualTo("linear");
    }

    @Test
    @Order(2)
    void aDenoiserOfLatentsOfItsResolutionWithSamplesOfPrompts() throws IOException {
        Path prompts = Files.writeString(folder.resolve("prompts.txt"), "image 3\n\n image 1 \n");
        Path quick = Files.writeString(
                folder.resolve("quick.json"),
                """
                {"unet": {"block_out_channels": [16, 16], "attention_head_dim": 1, "cross_attention_dim": 16,
                          "projection_class_embeddings_input_dim": 208},
                 "text": {"width": 16, "layers": 1, "heads": 1, "vocabulary_size": 600},
                 "training": {"sample_steps": 1, "batch_size": 2}}""");
        JsonNode recipe = train(
                "diffusion",
                "--vae",
                folder.resolve("vae"),
                "--resolution",
                64,
                "--prompts",
                prompts,
                "--config",
                quick);
        assertThat(recipe.at("/unet/sample_size").asInt()).isEqualTo(16);
        assertThat(recipe.at("/training/sample_prompts")).hasToString("[\"image 3\",\"image 1\"]");
        BufferedImage sample = ImageIO.read(
                folder.resolve("diffusion/samples/step-0000001.png").toFile());
        assertThat(sample.getWidth()).isBetween(2 * 64, 3 * 64);
    }

    @Test
    @Order(3)
    void keysOfTheRecipeWinOverTheResolution() throws IOException {
        Path recipe = Files.writeString(
                folder.resolve("recipe.json"),
                """
                {"unet": {"block_out_channels": [16, 16, 16, 16, 16], "attention_head_dim": 1},
                 "training": {"batch_size": 1, "samples": 0}}""");
        JsonNode written = train("diffusion", "--pixel-space", "--resolution", 32, "--config", recipe);
        assertThat(written.at("/unet/sample_size").asInt()).isEqualTo(32);
        assertThat(written.at("/unet/block_out_channels/4").asInt()).isEqualTo(16);
        assertThat(written.at("/training/batch_size").asInt()).isEqualTo(1);
    }

    @Test
    @Order(4)
    void latentsThatCannotBeHalvedAreRefusedBeforeAnyWork() {
        Path out = folder.resolve("refused");
        CommandRun run = CommandRun.of(
                "train", "diffusion", "--vae", folder.resolve("vae"), "--resolution", 70, "--data", data, "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint()).contains("images of 70x70", "4 times smaller", "give a multiple of 16");
        assertThat(out).doesNotExist();
    }

    @Test
    @Order(5)
    void promptsOfAModelWithoutTextAreRefused() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.copy(data.resolve("0.png"), images.resolve("0.png"));
        Path prompts = Files.writeString(folder.resolve("others.txt"), "image 3");
        CommandRun run = CommandRun.of(
                "train", "diffusion", "--pixel-space", "--prompts", prompts, "--data", images, "--out", folder);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.complaint()).contains("'image 3'", "neither captions nor classes");
    }

    private static JsonNode train(String what, Object... options) throws IOException {
        Path out = folder.resolve(options[0].equals("--pixel-space") ? "pixels" : what);
        Object[] command = new Object[options.length + 8];
        System.arraycopy(new Object[] {"train", what, "--data", data, "--out", out, "--steps", 1}, 0, command, 0, 8);
        System.arraycopy(options, 0, command, 8, options.length);
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().strip()).isEqualTo(out.toString());
        return new ObjectMapper().readTree(out.resolve("recipe.json").toFile());
    }
}
