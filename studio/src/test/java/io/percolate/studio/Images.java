package io.percolate.studio;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Images of tests, and their pixels. */
final class Images {

    private Images() {}

    static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    static int[] pixels(byte[] png) {
        return pixels(ImageFiles.read(png, 1 << 26));
    }

    static int[] pixels(String base64) {
        return pixels(Base64.getDecoder().decode(base64));
    }

    /** A red disc on white. */
    static BufferedImage disc(int side) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, side, side);
        graphics.setColor(Color.RED);
        graphics.fillOval(side / 4, side / 4, side / 2, side / 2);
        graphics.dispose();
        return image;
    }

    static byte[] png(BufferedImage image) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static String base64(BufferedImage image) {
        return Base64.getEncoder().encodeToString(png(image));
    }
}
