package io.percolate.pipeline.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** Small pictures made on the spot. */
public final class TestPictures {

    private TestPictures() {}

    /** Every pixel another colour, without sharp edges. */
    public static BufferedImage colourful(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                picture.setRGB(x, y, x * 255 / width << 16 | y * 255 / height << 8 | (x + y) * 255 / (width + height));
            }
        }
        return picture;
    }

    /** Every pixel the same colour. */
    public static BufferedImage plain(int width, int height, Color color) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return picture;
    }
}
