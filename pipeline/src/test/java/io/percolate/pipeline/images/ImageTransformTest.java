package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ImageTransformTest {

    @Test
    void cropKeepsTheCentre() {
        BufferedImage bars = TestImages.plain(30, 10, Color.BLACK);
        bars.createGraphics().fillRect(10, 0, 10, 10);
        BufferedImage centre = ImageTransform.square(10).apply(bars);
        assertThat(Argb.pixels(centre)).containsOnly(0xFFFFFFFF);
    }

    @Test
    void cropEnlargesWhatIsTooSmall() {
        BufferedImage square = ImageTransform.square(20).apply(TestImages.colourful(4, 6));
        assertThat(square.getWidth()).isEqualTo(20);
        assertThat(square.getHeight()).isEqualTo(20);
    }

    @Test
    void stretchKeepsEverything() {
        BufferedImage bars = TestImages.plain(30, 10, Color.BLACK);
        bars.createGraphics().fillRect(20, 0, 10, 10);
        BufferedImage stretched = ImageTransform.stretched(12, 12).apply(bars);
        assertThat(stretched.getRGB(1, 6)).isEqualTo(0xFF000000);
        assertThat(stretched.getRGB(10, 6) & 255).isGreaterThan(240);
    }

    @Test
    void emptySizesAreRefused() {
        assertThatThrownBy(() -> ImageTransform.square(0)).hasMessage("images of 0x0: both must be at least 1");
    }
}
