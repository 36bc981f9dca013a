package io.percolate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results go where nothing can be written: the complaint names the file and the reason, and nothing stays behind. */
class UnwritableTest {

    @TempDir
    private Path folder;

    private Path blocked;
    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        blocked = Files.writeString(folder.resolve("file"), "in the way").resolve("out");
        data = folder.resolve("data");
        for (int i = 0; i < 4; i++) {
            ImageFiles.writePng(data.resolve(i + ".png"), new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB));
        }
    }

    @Test
    void imagesOfAGeneration() throws IOException {
        requireRefusal("generate", "a", "--model", CommandRun.MODEL, "--steps", 1, "--out", blocked.resolve("a.png"));
    }

    @Test
    void tensorsOfAGeneration() throws IOException {
        Path image = folder.resolve("a.png");
        requireRefusal(
                "generate", "a", "--model", CommandRun.MODEL, "--steps", 1, "--out", image, "--save-tensors", blocked);
        Files.deleteIfExists(image);
    }

    @Test
    void aConvertedModel() throws IOException {
        requireRefusal("convert", CommandRun.MODEL, blocked.resolve("model.safetensors"));
        requireRefusal("convert", CommandRun.MODEL, blocked);
    }

    @Test
    void aTraining() throws IOException {
        requireRefusal("train", "vae", "--data", data, "--steps", 1, "--out", blocked);
        requireRefusal("train", "diffusion", "--pixel-space", "--data", data, "--steps", 1, "--out", blocked);
    }

    @Test
    void encodedImages() throws IOException {
        requireRefusal(
                "train",
                "diffusion",
                "--vae",
                CommandRun.MODEL.resolve("vae"),
                "--data",
                data,
                "--steps",
                1,
                "--out",
                folder.resolve("run"),
                "--cache",
                blocked);
    }

    @Test
    void aComparison() throws IOException {
        requireRefusal("compare", "--data", data, "--images", 2, "--steps", 1, "--out", blocked);
    }

    @Test
    void aDataSet() throws IOException {
        requireRefusal("dataset", "emoji", "--out", blocked);
    }

    /** Looks before it begins, which is wrong usage, or fails when it writes. */
    private void requireRefusal(Object... command) throws IOException {
        CommandRun run = CommandRun.of(command);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(command[0].equals("generate") ? 2 : 1);
        assertThat(run.complaint())
                .startsWith("percolate: ")
                .containsPattern("cannot (write|lock)|nothing can be written into")
                .contains(blocked.getParent().toString())
                .containsPattern("something else|Not a directory|no folder of yours");
        assertThat(blocked.getParent()).hasContent("in the way");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .allMatch(file -> file.equals(data) || file.equals(blocked.getParent()) || file.endsWith("a.png"));
        }
    }
}
