package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeImagesTest {

    private static final Subsampling SMALL = Subsampling.to(new PixelSize(20, 20));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
    void whatIsDecodedInPartLooksLikeTheWholeImage(String format) throws IOException {
        Path file = folder.resolve("large." + format);
        ImageIO.write(TestImages.colourful(480, 400), format, file.toFile());
        BufferedImage parts = ImageFiles.read(file, Color.WHITE, SMALL, decoded -> decoded);
        assertThat(parts.getWidth()).isEqualTo(96);
        assertThat(parts.getHeight()).isEqualTo(80);
        int[] some = Argb.pixels(Lanczos.resize(parts, 20, 20));
        int[] all = Argb.pixels(Lanczos.resize(ImageFiles.read(file), 20, 20));
        for (int i = 0; i < all.length; i++) {
            for (int shift = 0; shift < 24; shift += 8) {
                assertThat((some[i] >> shift & 255) - (all[i] >> shift & 255)).isBetween(-12, 12);
            }
        }
    }

    @Test
    void anImageThatIsNotManyTimesAsLargeIsDecodedWhole() {
        Path file = folder.resolve("image.png");
        BufferedImage image = TestImages.colourful(159, 200);
        ImageFiles.writePng(file, image);
        assertThat(Argb.pixels(ImageFiles.read(file, Color.WHITE, SMALL, decoded -> decoded)))
                .isEqualTo(Argb.pixels(image));
    }

    @Test
    void theSizeIsReadFromTheHeader() throws IOException {
        Path file = folder.resolve("image.jpg");
        ImageIO.write(TestImages.colourful(30, 50), "jpeg", file.toFile());
        assertThat(ImageFiles.size(file)).isEqualTo(new PixelSize(30, 50));
    }

    @Test
    void aFrameIsTheCentreOfTheCoveringImage() {
        Frame frame = new Frame(new PixelSize(300, 100), new PixelSize(64, 32));
        assertThat(frame.resized()).isEqualTo(new PixelSize(96, 32));
        assertThat(frame.left()).isEqualTo(16);
        assertThat(frame.top()).isZero();
    }

    @Test
    void onlyAnEnlargedImageIsToldToBeOfAnotherSize() {
        assertThat(new Frame(new PixelSize(300, 100), new PixelSize(64, 32)).toldSize())
                .isEqualTo(new PixelSize(96, 32));
        assertThat(new Frame(new PixelSize(48, 16), new PixelSize(64, 32)).toldSize())
                .isEqualTo(new PixelSize(48, 16));
    }
}
