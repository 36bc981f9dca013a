package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.percolate.pipeline.generation.GeneratedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImageFormatTest {

    private static final ParameterText TEXT = ParameterText.of("\u8d64\u3044\u308a\u3093\u3054, pi\u00f1ata", "blurry")
            .with(ParameterText.STEPS, 20)
            .with(ParameterText.SEED, 7);
    private static final GeneratedImage IMAGE = new GeneratedImage(TestImages.colourful(33, 21), 7, TEXT);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"a.png, PNG, png", "a.jpg, JPEG, JPEG", "a.JPEG, JPEG, JPEG", "a.webp, WEBP, WebP"})
    void aFileIsWhatItsNameSays(String name, ImageFormat format, String reader) {
        Path file = folder.resolve(name);
        IMAGE.save(file);
        assertThat(ImageFormat.of(file)).isEqualTo(format);
        assertThat(format(file)).isEqualToIgnoringCase(reader);
        assertThat(ImageFiles.readText(file)).contains(TEXT);
        assertThat(difference(file)).isLessThan(format == ImageFormat.PNG ? 1 : 12);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamGetsWhatAFileHolds(ImageFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IMAGE.write(out, format);
        Path file = folder.resolve("a." + format.name().toLowerCase(Locale.ROOT));
        IMAGE.save(file);
        assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @CsvSource({"a.gif", "a.bmp", "a", "png", "a.png.part"})
    void otherNamesAreRefusedWithTheListOfGoodOnes(String name) {
        assertThatThrownBy(() -> IMAGE.save(folder.resolve(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name + ": images are written as .png, .jpg, .jpeg, .webp");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void commentsInEitherByteOrderAreRead() throws IOException {
        Path file = folder.resolve("other.jpg");
        IMAGE.save(file);
        byte[] bytes = Files.readAllBytes(file);
        byte[] bigEndian = TEXT.format().getBytes(StandardCharsets.UTF_16BE);
        int at = indexOf(bytes, bigEndian);
        System.arraycopy(TEXT.format().getBytes(StandardCharsets.UTF_16LE), 0, bytes, at, bigEndian.length);
        Files.write(file, bytes);
        assertThat(ImageFiles.readText(file)).contains(TEXT);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    private static String format(Path file) {
        try (ImageInputStream stream = ImageIO.createImageInputStream(Files.newInputStream(file))) {
            return ImageIO.getImageReaders(stream).next().getFormatName();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int difference(Path file) {
        byte[] expected = Pixels.levels(IMAGE.image());
        byte[] actual = Pixels.levels(ImageFiles.read(file));
        int largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs((expected[i] & 255) - (actual[i] & 255)));
        }
        return largest;
    }
}
