package io.percolate.pipeline.control.edges;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** On images whose edges can be counted by hand. */
class CannyTest {

    private static final int SIZE = 32;

    @Test
    void anImageOfOneColourHasNoEdges() {
        assertThat(count(Canny.USUAL.edges(painted(0, 0, SIZE, 255)))).isZero();
        assertThat(count(Canny.USUAL.edges(painted(0, 0, 0, 255)))).isZero();
    }

    @Test
    void halfAnImageHasOneEdgeOnePixelWide() {
        EdgeMap edges = Canny.USUAL.edges(painted(16, 0, SIZE, 255));
        for (int y = 0; y < SIZE; y++) {
            int row = y;
            int[] columns = IntStream.range(0, SIZE)
                    .filter(x -> edges.edges()[row * SIZE + x])
                    .toArray();
            assertThat(columns).as("row " + y).hasSize(1);
            assertThat(columns[0]).isBetween(15, 16);
        }
    }

    @Test
    void aSquareHasFourEdgesAroundIt() {
        EdgeMap edges = Canny.USUAL.edges(painted(10, 10, 12, 255));
        assertThat(count(edges)).isBetween(40L, 52L);
        for (int i = 0; i < SIZE * SIZE; i++) {
            int fromCentre = Math.max(Math.abs(2 * (i % SIZE) - 31), Math.abs(2 * (i / SIZE) - 31)) / 2;
            assertThat(edges.edges()[i] && (fromCentre < 4 || fromCentre > 7))
                    .as("an edge at %d, %d", i % SIZE, i / SIZE)
                    .isFalse();
        }
    }

    @Test
    void aFaintEdgeCountsOnlyWhereItHangsTogetherWithAStrongOne() {
        BufferedImage image = painted(0, 0, 0, 0);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(35, 35, 35));
        graphics.fillRect(0, 0, 8, SIZE);
        for (int y = 0; y < SIZE; y++) {
            graphics.setColor(new Color(255 - 7 * y, 255 - 7 * y, 255 - 7 * y));
            graphics.fillRect(24, y, 8, 1);
        }
        graphics.dispose();
        EdgeMap edges = Canny.USUAL.edges(image);
        assertThat(IntStream.range(0, SIZE * SIZE).filter(i -> edges.edges()[i] && i % SIZE < 16))
                .as("the faint edge alone")
                .isEmpty();
        assertThat(IntStream.range(0, SIZE * SIZE).filter(i -> edges.edges()[i] && i / SIZE > 28))
                .as("the edge that fades")
                .hasSizeBetween(2, 4);
    }

    @Test
    void theImageIsWhiteOnBlack() {
        EdgeMap edges = new EdgeMap(2, 1, new boolean[] {true, false});
        assertThat(edges.image().getRGB(0, 0) & 0xFFFFFF).isEqualTo(0xFFFFFF);
        assertThat(edges.image().getRGB(1, 0) & 0xFFFFFF).isZero();
    }

    @Test
    void edgesAgreeWithinOnePixel() {
        EdgeMap line = column(3);
        assertThat(line.agreement(line)).isEqualTo(1);
        assertThat(line.agreement(column(4))).isEqualTo(1);
        assertThat(line.agreement(column(5))).isZero();
        assertThat(column(-1).agreement(column(-1))).as("none in either").isEqualTo(1);
        assertThat(line.agreement(column(-1))).as("none in one").isZero();
        boolean[] two = line.edges().clone();
        for (int y = 0; y < SIZE; y++) {
            two[y * SIZE + 9] = true;
        }
        double recallOneAndPrecisionHalf = 2.0 / 3;
        assertThat(line.agreement(new EdgeMap(SIZE, SIZE, two))).isEqualTo(recallOneAndPrecisionHalf);
        assertThatThrownBy(() -> line.agreement(new EdgeMap(1, 1, new boolean[1])))
                .hasMessageContaining("1x1");
    }

    private static EdgeMap column(int column) {
        boolean[] edges = new boolean[SIZE * SIZE];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = i % SIZE == column;
        }
        return new EdgeMap(SIZE, SIZE, edges);
    }

    @Test
    void thresholdsTheWrongWayRoundAreRefused() {
        assertThatThrownBy(() -> new Canny(1, 200, 100)).hasMessageContaining("200.0 and 100.0");
        assertThatThrownBy(() -> new Canny(0, 100, 200)).hasMessageContaining("sigma 0.0");
    }

    private static long count(EdgeMap edges) {
        return IntStream.range(0, edges.edges().length)
                .filter(i -> edges.edges()[i])
                .count();
    }

    /** A square of one grey on black. */
    private static BufferedImage painted(int x, int y, int side, int level) {
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(level, level, level));
        graphics.fillRect(x, y, side, side);
        graphics.dispose();
        return image;
    }
}
