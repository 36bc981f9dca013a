package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PixelsTest {

    private static final NDManager MANAGER = TorchEngine.newManager();

    @AfterAll
    static void free() {
        MANAGER.close();
    }

    @Test
    void levelsSpanMinusOneToOne() {
        NDArray pixels = Pixels.of(TestImages.plain(2, 1, new Color(0, 255, 51)), MANAGER);
        assertThat(pixels.getShape()).isEqualTo(new Shape(3, 1, 2));
        assertThat(pixels.toFloatArray()).containsExactly(new float[] {-1, -1, 1, 1, -0.6f, -0.6f}, within(1e-6f));
    }

    @Test
    void everyLevelSurvivesTheRoundTrip() {
        BufferedImage levels = TestImages.colourful(256, 3);
        assertThat(Argb.pixels(Pixels.image(Pixels.of(levels, MANAGER)))).isEqualTo(Argb.pixels(levels));
    }

    @Test
    void batchesKeepTheirOrder() {
        List<BufferedImage> images = List.of(TestImages.colourful(4, 3), TestImages.plain(4, 3, Color.RED));
        NDArray pixels = Pixels.of(images, MANAGER);
        assertThat(pixels.getShape()).isEqualTo(new Shape(2, 3, 3, 4));
        assertThat(Pixels.images(pixels))
                .extracting(Argb::pixels)
                .containsExactly(Argb.pixels(images.get(0)), Argb.pixels(images.get(1)));
    }

    @Test
    void whatIsOutOfRangeIsClamped() {
        NDArray pixels = MANAGER.create(new float[] {-7, 7, 0}, new Shape(3, 1, 1));
        assertThat(Pixels.image(pixels).getRGB(0, 0)).isEqualTo(0xFF00FF80);
    }

    @Test
    void otherShapesAreRefused() {
        assertThatThrownBy(() -> Pixels.image(MANAGER.ones(new Shape(4, 2, 2))))
                .hasMessage("an image is (3,H,W), not (4, 2, 2)");
        assertThatThrownBy(() -> Pixels.images(MANAGER.ones(new Shape(3, 2, 2))))
                .hasMessage("images are (B,3,H,W), not (3, 2, 2)");
    }

    @Test
    void imagesOfTwoSizesCannotShareABatch() {
        assertThatThrownBy(() -> Pixels.of(List.of(TestImages.colourful(4, 4), TestImages.colourful(5, 4)), MANAGER))
                .hasMessageContaining("4x4 and 5x4");
    }
}
