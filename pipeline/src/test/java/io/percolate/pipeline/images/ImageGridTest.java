package io.percolate.pipeline.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageGridTest {

    private static final BufferedImage RED = TestImages.plain(40, 30, Color.RED);

    @Test
    void fillsRowsFromTheLeft() {
        BufferedImage grid = new ImageGrid(3, 2).draw(Collections.nCopies(4, RED));
        assertThat(grid.getWidth()).isEqualTo(3 * 42 + 2);
        assertThat(grid.getHeight()).isEqualTo(2 * 32 + 2);
        assertThat(new Color(grid.getRGB(1, 1))).isEqualTo(Color.WHITE);
        assertThat(new Color(grid.getRGB(2, 2))).isEqualTo(Color.RED);
        assertThat(new Color(grid.getRGB(20, 50))).isEqualTo(Color.RED);
        assertThat(new Color(grid.getRGB(60, 50))).isEqualTo(Color.WHITE);
    }

    @Test
    void fewImagesMakeANarrowGrid() {
        assertThat(new ImageGrid(8, 0).draw(List.of(RED, RED)).getWidth()).isEqualTo(80);
    }

    @Test
    void captionsStandBelow() {
        BufferedImage grid = new ImageGrid(1, 4).draw(List.of(RED), List.of("MMM"));
        assertThat(grid.getHeight()).isGreaterThan(30 + 8);
        int[] below = grid.getRGB(0, 34, grid.getWidth(), grid.getHeight() - 34, null, 0, grid.getWidth());
        assertThat(Arrays.stream(below)).anyMatch(pixel -> (pixel & 255) < 128);
    }

    @Test
    void captionsAreBrokenBetweenWords() {
        assertThat(CaptionLines.of("a red apple", 6, 2, String::length)).containsExactly("a red", "apple");
        assertThat(CaptionLines.of("a red apple on a table", 6, 2, String::length))
                .containsExactly("a red", "apple\u2026");
        assertThat(CaptionLines.of("incomprehensible", 6, 2, String::length)).containsExactly("incom\u2026");
        assertThat(CaptionLines.of("", 6, 2, String::length)).containsExactly("");
    }

    @Test
    void captionsMustMatchTheImages() {
        assertThatThrownBy(() -> new ImageGrid(2, 2).draw(List.of(RED, RED), List.of("one")))
                .hasMessage("a grid of 2 images and 1 captions");
        assertThatThrownBy(() -> new ImageGrid(0, 2)).hasMessageContaining("0 columns");
    }
}
