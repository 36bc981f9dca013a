package io.percolate.pipeline.control.edges;

import java.awt.image.BufferedImage;

/**
 * Which pixels of an image are edges.
 *
 * @param width in pixels
 * @param height in pixels
 * @param edges row by row
 */
public record EdgeMap(int width, int height, boolean[] edges) {

    private static final int WHITE = 0xFFFFFF;

    /** White edges on black. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < edges.length; i++) {
            image.setRGB(i % width, i / width, edges[i] ? WHITE : 0);
        }
        return image;
    }
}
