package io.percolate.pipeline.images;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Brings whatever a decoder returns to 8-bit sRGB with straight alpha. */
final class Argb {

    private Argb() {}

    /** {@code decoded} as an {@code INT_ARGB} image. */
    static BufferedImage of(BufferedImage decoded) {
        ColorModel colors = decoded.getColorModel();
        if (colors instanceof IndexColorModel || colors.getColorSpace().isCS_sRGB()) {
            return copy(decoded);
        }
        return colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                ? grey(decoded)
                : new ColorConvertOp(null).filter(decoded, empty(decoded, BufferedImage.TYPE_INT_ARGB));
    }

    /** {@code image} (straight alpha) laid on {@code background}, as an {@code INT_RGB} image that takes its memory over. */
    static BufferedImage on(Color background, BufferedImage image) {
        int[] pixels = packed(image);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = over(pixels[i], background.getRGB());
        }
        return opaque(pixels, image.getWidth(), image.getHeight());
    }

    private static BufferedImage opaque(int[] pixels, int width, int height) {
        DirectColorModel colors = new DirectColorModel(24, 0xFF0000, 0xFF00, 0xFF);
        DataBufferInt buffer = new DataBufferInt(pixels, pixels.length);
        return new BufferedImage(
                colors, Raster.createPackedRaster(buffer, width, height, width, colors.getMasks(), null), false, null);
    }

    private static int over(int argb, int background) {
        int alpha = argb >>> 24;
        int blended = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int mixed = (argb >> shift & 255) * alpha + (background >> shift & 255) * (255 - alpha);
            blended |= (mixed + 127) / 255 << shift;
        }
        return blended;
    }

    private static BufferedImage copy(BufferedImage decoded) {
        BufferedImage copy = empty(decoded, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        graphics.drawImage(decoded, 0, 0, null);
        graphics.dispose();
        return copy;
    }

    /** Java reads grey files as linear light and would brighten them; the stored numbers are sRGB. */
    private static BufferedImage grey(BufferedImage decoded) {
        Raster raster = decoded.getRaster();
        int white = (1 << decoded.getColorModel().getComponentSize(0)) - 1;
        int[] grey = raster.getSamples(0, 0, decoded.getWidth(), decoded.getHeight(), 0, (int[]) null);
        int[] alpha = decoded.getColorModel().hasAlpha()
                ? raster.getSamples(0, 0, decoded.getWidth(), decoded.getHeight(), 1, (int[]) null)
                : null;
        for (int i = 0; i < grey.length; i++) {
            int opacity = alpha == null ? 255 : eightBit(alpha[i], white);
            grey[i] = opacity << 24 | eightBit(grey[i], white) * 0x010101;
        }
        return withPixels(empty(decoded, BufferedImage.TYPE_INT_ARGB), grey);
    }

    private static int eightBit(int sample, int white) {
        return (int) ((sample * 255L + white / 2) / white);
    }

    /** As {@link #pixels}, but the image's own memory where it has such; an opaque image may have any alpha there. */
    static int[] packed(BufferedImage image) {
        boolean isPacked =
                image.getType() == BufferedImage.TYPE_INT_RGB || image.getType() == BufferedImage.TYPE_INT_ARGB;
        DataBuffer buffer = image.getRaster().getDataBuffer();
        boolean isWhole = buffer.getSize() == image.getWidth() * image.getHeight();
        return isPacked && isWhole && buffer instanceof DataBufferInt own ? own.getData() : pixels(image);
    }

    static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    static BufferedImage withPixels(BufferedImage image, int[] pixels) {
        image.setRGB(0, 0, image.getWidth(), image.getHeight(), pixels, 0, image.getWidth());
        return image;
    }

    private static BufferedImage empty(BufferedImage like, int type) {
        return new BufferedImage(like.getWidth(), like.getHeight(), type);
    }
}
