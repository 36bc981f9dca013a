package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CropScalesTest {

    /** Red says the column and green the row, so the corner of a crop tells where it lies. */
    private static BufferedImage map(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x << 16 | y << 8);
            }
        }
        return image;
    }

    @Test
    void aCropOfTheSizeWantedKeepsEveryPixel() {
        BufferedImage image = map(100, 60);
        Set<Integer> corners = new HashSet<>();
        for (int seed = 0; seed < 20; seed++) {
            BufferedImage crop = new CropScales(0.1, 0.2).apply(image, 20, 20, new SplittableRandom(seed));
            int corner = crop.getRGB(0, 0) & 0xffffff;
            assertThat(crop.getRGB(19, 19) & 0xffffff).isEqualTo(corner + (19 << 16 | 19 << 8));
            corners.add(corner);
        }
        assertThat(corners).hasSizeGreaterThan(15);
    }

    @Test
    void theLargestScaleIsAllOfTheShorterSide() {
        BufferedImage crop = new CropScales(1, 1).apply(map(100, 60), 30, 30, new SplittableRandom(1));
        assertThat(crop.getRGB(0, 0) >> 8 & 255).isLessThan(3);
        assertThat(crop.getRGB(0, 29) >> 8 & 255).isGreaterThan(56);
    }

    @Test
    void aSmallImageIsEnlargedWhole() {
        BufferedImage crop = new CropScales(0.2, 0.5).apply(map(8, 8), 16, 16, new SplittableRandom(1));
        assertThat(crop.getWidth()).isEqualTo(16);
        assertThat(crop.getRGB(15, 15) >> 16 & 255).isEqualTo(7);
    }

    @Test
    void scalesOutsideAnImageAreRefused() {
        assertThatThrownBy(() -> new CropScales(0.5, 1.5)).hasMessageContaining("at most 1");
        assertThatThrownBy(() -> new CropScales(0, 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new CropScales(0.8, 0.2)).hasMessageContaining("the smaller first");
    }
}
