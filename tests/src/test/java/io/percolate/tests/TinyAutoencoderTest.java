package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.percolate.cli.Percolate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny autoencoder beside the model's own, or in its place. */
class TinyAutoencoderTest {

    private static final Path MODEL = TestFolders.DATA.resolve("sd1-tiny");
    private static final String TINY = TestFolders.DATA.resolve("taesd/vae").toString();

    @TempDir
    Path scratch;

    @Test
    void previewsComeFromTheTinyOneAndImagesFromTheModelsOwn() throws IOException {
        Path own = scratch.resolve("own");
        Path tiny = scratch.resolve("tiny");
        assertThat(generate("a.png", "--previews", own.toString())).isZero();
        assertThat(generate("b.png", "--previews", tiny.toString(), "--preview-vae", TINY))
                .isZero();
        assertThat(tiny)
                .isDirectoryContaining("glob:**/step-001-1.png")
                .isDirectoryContaining("glob:**/step-002-1.png");
        assertThat(tiny.resolve("step-002-1.png")).isNotEmptyFile();
        assertThat(Files.mismatch(own.resolve("step-002-1.png"), tiny.resolve("step-002-1.png")))
                .isNotEqualTo(-1);
        assertThat(Files.mismatch(scratch.resolve("a.png"), scratch.resolve("b.png")))
                .isEqualTo(-1);
    }

    @Test
    void theTinyOneDecodesInPlaceOfTheModelsOwn() throws IOException {
        assertThat(generate("a.png")).isZero();
        assertThat(generate("b.png", "--vae", TINY)).isZero();
        assertThat(Files.mismatch(scratch.resolve("a.png"), scratch.resolve("b.png")))
                .isNotEqualTo(-1);
    }

    @Test
    void previewsNeedAFolderAndTheModelsLatents() {
        assertThat(generate("a.png", "--preview-vae", TINY)).isEqualTo(2);
        assertThat(Percolate.run(
                        "generate",
                        "a cat",
                        "--steps",
                        "1",
                        "--out",
                        scratch.resolve("a.png").toString(),
                        "--previews",
                        scratch.resolve("p").toString(),
                        "--preview-vae",
                        TINY))
                .isEqualTo(1);
        assertThat(scratch.resolve("a.png")).doesNotExist();
    }

    private int generate(String file, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "generate",
                "a castle",
                "--seed",
                "1",
                "--steps",
                "2",
                "--model",
                MODEL.toString(),
                "--out",
                scratch.resolve(file).toString()));
        command.addAll(List.of(options));
        return Percolate.run(command.toArray(String[]::new));
    }
}
