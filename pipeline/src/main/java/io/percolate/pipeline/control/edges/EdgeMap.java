package io.percolate.pipeline.control.edges;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/**
 * Which pixels of an image are edges.
 *
 * @param width in pixels
 * @param height in pixels
 * @param edges row by row
 */
public record EdgeMap(int width, int height, boolean[] edges) {

    private static final int WHITE = 0xFFFFFF;
    private static final int NEIGHBOURHOOD = 9;

    /**
     * How far {@code other}, of the same size, has the same edges: the harmonic mean (F1) of the share of these that it
     * has within one pixel, and of the share of its that are here within one pixel. From 0 to 1; 1 if neither has any.
     */
    public double agreement(EdgeMap other) {
        if (width != other.width || height != other.height) {
            throw new IllegalArgumentException("edges of %dx%d and of %dx%d cannot be compared: give images of one size"
                    .formatted(width, height, other.width, other.height));
        }
        long own = count();
        long others = other.count();
        return own + others == 0
                ? 1
                : harmonicMean(
                        (double) foundIn(other) / Math.max(1, own), (double) other.foundIn(this) / Math.max(1, others));
    }

    private static double harmonicMean(double a, double b) {
        return a + b == 0 ? 0 : 2 * a * b / (a + b);
    }

    private long count() {
        return places().count();
    }

    /** How many of these edges are near one of {@code other}. */
    private long foundIn(EdgeMap other) {
        return places().filter(i -> other.isNear(i % width, i / width)).count();
    }

    private IntStream places() {
        return IntStream.range(0, edges.length).filter(i -> edges[i]);
    }

    /** Whether there is an edge at a place or one of its eight neighbours. */
    private boolean isNear(int x, int y) {
        return IntStream.range(0, NEIGHBOURHOOD).anyMatch(i -> isEdge(x + i % 3 - 1, y + i / 3 - 1));
    }

    private boolean isEdge(int x, int y) {
        return x >= 0 && y >= 0 && x < width && y < height && edges[y * width + x];
    }

    /** White edges on black. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < edges.length; i++) {
            image.setRGB(i % width, i / width, edges[i] ? WHITE : 0);
        }
        return image;
    }
}
