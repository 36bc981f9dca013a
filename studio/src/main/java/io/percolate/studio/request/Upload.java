package io.percolate.studio.request;

import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.function.IntUnaryOperator;

/** Images that clients send: decoded in memory, once their headers say that they are not too large. */
public final class Upload {

    private final Limits limits;

    /** Images within {@code limits}. */
    public Upload(Limits limits) {
        this.limits = limits;
    }

    /** An opaque image of base64 text, with or without the head of a data URL. */
    public BufferedImage image(String base64) {
        return image(bytes(base64));
    }

    /** An opaque image. */
    public BufferedImage image(byte[] file) {
        return ImageFiles.read(file, limits.uploadPixels());
    }

    /** A mask of base64 text, white where an image is to change. */
    public BufferedImage mask(String base64) {
        return image(bytes(base64));
    }

    /** A mask for what is transparent in {@code file}, as OpenAI's clients send it: that is white, the rest black. */
    public BufferedImage transparent(byte[] file) {
        return each(ImageFiles.readWithAlpha(file, limits.uploadPixels()), argb -> argb >>> 24 < 128 ? 0xFFFFFF : 0);
    }

    /** The opposite of a mask. */
    public static BufferedImage inverse(BufferedImage mask) {
        return each(mask, rgb -> ~rgb & 0xFFFFFF);
    }

    private static BufferedImage each(BufferedImage image, IntUnaryOperator change) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = change.applyAsInt(pixels[i]);
        }
        BufferedImage changed = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        changed.setRGB(0, 0, width, height, pixels, 0, width);
        return changed;
    }

    private static byte[] bytes(String base64) {
        int head = base64.startsWith("data:") ? base64.indexOf(',') + 1 : 0;
        try {
            return Base64.getDecoder().decode(base64.substring(head));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("an image is not base64 text", malformed);
        }
    }
}
