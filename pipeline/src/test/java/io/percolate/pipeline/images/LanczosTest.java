package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanczosTest {

    /** Pillow's numbers, made by the script {@code lanczos.py} beside them. */
    @ParameterizedTest
    @ValueSource(strings = {"16x16", "37x10", "11x29", "74x58", "53x41", "19x64", "1x1", "64x3"})
    void everyLevelIsPillows(String size) {
        BufferedImage pillows = recorded("opaque-" + size);
        BufferedImage ours = Lanczos.resize(recorded("opaque"), pillows.getWidth(), pillows.getHeight());
        assertThat(Argb.pixels(ours)).isEqualTo(Argb.pixels(pillows));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16x16", "37x10", "11x29", "74x58", "53x41", "19x64", "1x1", "64x3"})
    void whatIsTransparentIsLaidOnWhiteFirst(String size) {
        BufferedImage pillows = recorded("transparent-" + size);
        BufferedImage ours = Lanczos.resize(recorded("transparent"), pillows.getWidth(), pillows.getHeight());
        assertThat(Argb.pixels(ours)).isEqualTo(Argb.pixels(pillows));
    }

    private static BufferedImage recorded(String name) {
        try {
            return ImageFiles.read(Path.of(
                    LanczosTest.class.getResource("lanczos/" + name + ".png").toURI()));
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void sameSizeIsTheSameImage() {
        BufferedImage image = TestImages.colourful(9, 6);
        assertThat(Lanczos.resize(image, 9, 6)).isSameAs(image);
    }

    @Test
    void plainStaysPlain() {
        BufferedImage plain = TestImages.plain(13, 11, new Color(17, 130, 250));
        for (int size : new int[] {1, 4, 40}) {
            assertThat(Argb.pixels(Lanczos.resize(plain, size, size + 2))).containsOnly(0xFF1182FA);
        }
    }

    @Test
    void finePatternsTurnGreyInsteadOfAliasing() {
        BufferedImage stripes = TestImages.plain(96, 96, Color.BLACK);
        for (int x = 0; x < 96; x += 2) {
            stripes.createGraphics().fillRect(x, 0, 1, 96);
        }
        BufferedImage small = Lanczos.resize(stripes, 13, 13);
        for (int x = 2; x < 11; x++) {
            assertThat(small.getRGB(x, 6) & 255).isBetween(120, 135);
        }
    }

    /** The weights of a halving, written down from the window sinc(x) sinc(x/3) at x = 1/4, 3/4, ... 11/4. */
    @Test
    void halvingWeighsTwelveNeighbours() {
        double[] half = new double[6];
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            double x = Math.PI * (0.25 + 0.5 * i);
            half[i] = Math.sin(x) / x * Math.sin(x / 3) / (x / 3);
            sum += 2 * half[i];
        }
        BufferedImage line = TestImages.plain(64, 1, Color.BLACK);
        line.setRGB(32, 0, 0xFFFFFF);
        BufferedImage halved = Lanczos.resize(line, 32, 1);
        assertThat(halved.getRGB(16, 0) & 255).isEqualTo((int) Math.round(255 * half[0] / sum));
        assertThat(halved.getRGB(15, 0) & 255).isEqualTo((int) Math.round(255 * half[1] / sum));
        assertThat(halved.getRGB(14, 0) & 255).isEqualTo((int) Math.round(Math.max(0, 255 * half[3] / sum)));
    }

    @Test
    void mirrorsDoNotMatter() {
        BufferedImage image = TestImages.colourful(31, 17);
        BufferedImage small = Lanczos.resize(image, 10, 7);
        BufferedImage mirroredSmall = Lanczos.resize(Orientation.MIRRORED.upright(image), 10, 7);
        assertThat(Argb.pixels(Orientation.MIRRORED.upright(mirroredSmall))).isEqualTo(Argb.pixels(small));
    }

    @Test
    void emptySizesAreRefused() {
        assertThatThrownBy(() -> Lanczos.resize(TestImages.colourful(4, 4), 0, 3))
                .hasMessage("cannot resize to 0x3: both must be at least 1");
    }
}
