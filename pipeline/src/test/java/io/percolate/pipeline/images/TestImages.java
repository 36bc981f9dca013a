package io.percolate.pipeline.images;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small images made on the spot. */
public final class TestImages {

    private TestImages() {}

    /** Every pixel another colour, without sharp edges. */
    public static BufferedImage colourful(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, x * 255 / width << 16 | y * 255 / height << 8 | (x + y) * 255 / (width + height));
            }
        }
        return image;
    }

    /** The four channels as they are, with the marker by which Adobe's programs say that they are inverted CMYK. */
    public static Path writeCmykJpeg(Path file, Raster raster) throws IOException {
        byte[] jpeg = encoded("jpeg", new IIOImage(raster, null, null));
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        ByteBuffer marked = ByteBuffer.allocate(jpeg.length + adobe.length);
        marked.put(jpeg, 0, 2).put(adobe).put(jpeg, 2, jpeg.length - 2);
        return Files.write(file, marked.array());
    }

    /** Two images of the same size, one after the other (WebP container specification, "Animation"). */
    public static Path writeAnimatedWebp(Path file, BufferedImage first, BufferedImage second) throws IOException {
        ByteBuffer body = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        body.put(ascii("WEBPVP8X")).putInt(10).putInt(0x02);
        put24(put24(body, first.getWidth() - 1), first.getHeight() - 1);
        body.put(ascii("ANIM")).putInt(6).putInt(-1).putShort((short) 0);
        for (BufferedImage image : List.of(first, second)) {
            byte[] webp = encoded("webp", new IIOImage(image, null, null));
            body.put(ascii("ANMF")).putInt(16 + webp.length - 12);
            put24(put24(body, 0), 0);
            put24(put24(body, image.getWidth() - 1), image.getHeight() - 1);
            put24(body, 100).put((byte) 0).put(webp, 12, webp.length - 12);
        }
        ByteBuffer whole = ByteBuffer.allocate(8 + body.position()).order(ByteOrder.LITTLE_ENDIAN);
        whole.put(ascii("RIFF")).putInt(body.position()).put(body.flip());
        return Files.write(file, whole.array());
    }

    private static ByteBuffer put24(ByteBuffer buffer, int value) {
        return buffer.putShort((short) value).put((byte) (value >> 16));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] encoded(String format, IIOImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(image);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Every pixel the same colour. */
    public static BufferedImage plain(int width, int height, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        return image;
    }
}
