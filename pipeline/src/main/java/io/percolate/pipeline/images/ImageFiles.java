package io.percolate.pipeline.images;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, WebP, GIF (its first frame) and BMP files as upright 8-bit sRGB pictures.
 *
 * <p>Whatever is in the file (16 bits, grey, a palette, CMYK, a colour profile, EXIF orientation), what comes
 * out is the picture as a viewer shows it. Safe to use from several threads.
 */
public final class ImageFiles {

    /** The largest picture that is read: a small file can unpack to any size. */
    private static final long MAX_PIXELS = 1L << 28;

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp");

    private ImageFiles() {}

    /** Whether the name of {@code file} ends like that of a picture. */
    public static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /**
     * Reads an opaque picture (type {@code INT_RGB}); what is transparent in the file turns white.
     *
     * @throws BrokenImageException if the file is missing or not a complete picture
     */
    public static BufferedImage read(Path file) {
        return read(file, Color.WHITE);
    }

    /**
     * Reads an opaque picture (type {@code INT_RGB}), laid on {@code background} where it is transparent.
     *
     * @throws BrokenImageException if the file is missing or not a complete picture
     */
    public static BufferedImage read(Path file, Color background) {
        return Argb.on(background, readWithAlpha(file));
    }

    /**
     * Reads a picture with its transparency (type {@code INT_ARGB}).
     *
     * @throws BrokenImageException if the file is missing or not a complete picture
     */
    public static BufferedImage readWithAlpha(Path file) {
        byte[] bytes = bytes(file);
        return Orientation.of(bytes).upright(Argb.of(decode(file, bytes)));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new BrokenImageException(file, "there is no such file", missing);
        } catch (IOException unreadable) {
            throw new BrokenImageException(file, "cannot be read (" + unreadable.getMessage() + ")", unreadable);
        }
    }

    private static BufferedImage decode(Path file, byte[] bytes) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new BrokenImageException(file, "is not a PNG, JPEG, WebP, GIF or BMP picture");
            }
            return decode(file, readers.next(), stream);
        } catch (IOException broken) {
            throw new BrokenImageException(file, "is a broken picture (" + broken.getMessage() + ")", broken);
        }
    }

    private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream stream) throws IOException {
        try {
            reader.setInput(stream, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if ((long) width * height > MAX_PIXELS) {
                throw new BrokenImageException(
                        file, "is %dx%d, more than %d pixels".formatted(width, height, MAX_PIXELS));
            }
            return reader.read(0);
        } catch (BrokenImageException tooLarge) {
            throw tooLarge;
        } catch (RuntimeException broken) { // what decoders throw on bytes they did not expect
            throw new IOException(broken.toString(), broken);
        } finally {
            reader.dispose();
        }
    }
}
