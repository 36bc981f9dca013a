package io.percolate.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.weights.WeightFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FileFormatTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"png, PNG", "jpg, JPEG", "gif, GIF", "tiff, TIFF"})
    void anImageGivenForAModelIsCalledAnImage(String format, String name) throws IOException {
        Path file = folder.resolve("model.safetensors");
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        assertRefused(file, "a " + name + " image and not weights: choose the folder or file of a model");
    }

    /** Made up after the formats' specifications: Java writes none of these. */
    static Stream<Arguments> starts() {
        String images = " and not weights: choose the folder or file of a model";
        return Stream.of(
                Arguments.of("RIFF\u0024\0\0\0WEBPVP8 ", "a WebP image" + images),
                Arguments.of("%PDF-1.7\n%\u00e2\u00e3", "a PDF document" + images),
                Arguments.of("\u001f\u008b\b\0\0\1\2\3", "compressed with gzip: unpack it and name what is inside"),
                Arguments.of("GGUF\3\0\0\0\1\0\0\0", "GGUF weights, which are not supported: download the safetensors"),
                Arguments.of("version https://git-lfs", "a Git LFS pointer and not the weights: run git lfs pull"),
                Arguments.of("<!DOCTYPE html><html>", "a web page and not the weights: download the file itself"));
    }

    @ParameterizedTest
    @MethodSource("starts")
    void whatIsGivenByMistakeIsNamed(String start, String message) throws IOException {
        Path file = folder.resolve("model.ckpt");
        Files.write(file, start.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(file, message);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> WeightFile.open(file))
                .isInstanceOf(WeightsException.class)
                .hasMessageStartingWith(file + ": " + message);
    }
}
