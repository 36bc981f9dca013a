package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterTextTest {

    private static final ParameterText APPLE = ParameterText.of("a red apple", "blurry, dark")
            .with(ParameterText.STEPS, 20)
            .with(ParameterText.SAMPLER, "euler_a")
            .with(ParameterText.GUIDANCE_SCALE, 7.5)
            .with(ParameterText.SEED, 42L)
            .with(ParameterText.SIZE, "128x128")
            .with(ParameterText.MODEL, "emoji")
            .with(ParameterText.VERSION, "percolate 0.1.0");

    @TempDir
    private Path folder;

    @Test
    void isWrittenAsTheUsualToolsReadIt() {
        assertThat(APPLE.format())
                .isEqualTo("a red apple\nNegative prompt: blurry, dark\n"
                        + "Steps: 20, Sampler: euler_a, CFG scale: 7.5, Seed: 42, Size: 128x128, Model: emoji, "
                        + "Version: percolate 0.1.0");
    }

    @Test
    void parsesWhatItFormats() {
        assertThat(ParameterText.parse(APPLE.format())).isEqualTo(APPLE);
    }

    @Test
    void awkwardValuesAreQuoted() {
        ParameterText text = ParameterText.of("two\nlines: with, signs", "")
                .with(ParameterText.STEPS, 1)
                .with(ParameterText.MODEL, "C:\\models, \"old\"\n");
        assertThat(text.format()).endsWith("Model: \"C:\\\\models, \\\"old\\\"\\n\"");
        assertThat(ParameterText.parse(text.format())).isEqualTo(text);
    }

    @Test
    void readsWhatOthersWrite() {
        ParameterText text = ParameterText.parse(
                "masterpiece, <lora:x:0.8>\nNegative prompt: low quality\nsecond line\n"
                        + "Steps: 28, Sampler: DPM++ 2M Karras, CFG scale: 5, Seed: 1, Size: 832x1216, Lora hashes: \"x: 12ab\"");
        assertThat(text.prompt()).isEqualTo("masterpiece, <lora:x:0.8>");
        assertThat(text.negativePrompt()).isEqualTo("low quality\nsecond line");
        assertThat(text.settings())
                .containsEntry("Sampler", "DPM++ 2M Karras")
                .containsEntry("Lora hashes", "x: 12ab")
                .hasSize(6);
    }

    @Test
    void promptAloneIsAllPrompt() {
        assertThat(ParameterText.parse("a sign: no entry")).isEqualTo(ParameterText.of("a sign: no entry", ""));
    }

    @Test
    void travelsInsideTheImage() {
        Path file = folder.resolve("apple.png");
        ImageFiles.write(file, TestImages.colourful(8, 8), APPLE);
        assertThat(ImageFiles.readText(file)).contains(APPLE);
        assertThat(Argb.pixels(ImageFiles.read(file))).isEqualTo(Argb.pixels(TestImages.colourful(8, 8)));
    }

    @Test
    void plainTextIsLatinAndTheRestInternational() throws IOException {
        Path latin = folder.resolve("latin.png");
        ImageFiles.write(latin, TestImages.colourful(2, 2), ParameterText.of("pi\u00f1ata", ""));
        assertThat(Files.readString(latin, StandardCharsets.ISO_8859_1)).contains("tEXtparameters\0pi\u00f1ata");

        Path international = folder.resolve("international.png");
        ParameterText apple = ParameterText.of("\u8d64\u3044\u308a\u3093\u3054 \ud83c\udf4e", "");
        ImageFiles.write(international, TestImages.colourful(2, 2), apple);
        assertThat(Files.readString(international, StandardCharsets.ISO_8859_1)).contains("iTXtparameters\0\0\0\0\0");
        assertThat(ImageFiles.readText(international)).contains(apple);
    }

    @Test
    void imagesWithoutTextHaveNone() throws IOException {
        Path png = folder.resolve("plain.png");
        ImageFiles.writePng(png, TestImages.colourful(2, 2));
        assertThat(ImageFiles.readText(png)).isEmpty();
        Path jpeg = folder.resolve("plain.jpg");
        ImageIO.write(TestImages.colourful(8, 8), "jpeg", jpeg.toFile());
        assertThat(ImageFiles.readText(jpeg)).isEmpty();
        Path webp = folder.resolve("plain.webp");
        ImageIO.write(TestImages.colourful(8, 8), "webp", webp.toFile());
        assertThat(ImageFiles.readText(webp)).isEmpty();
    }
}
