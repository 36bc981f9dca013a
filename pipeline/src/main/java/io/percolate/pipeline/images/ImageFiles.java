package io.percolate.pipeline.images;

import io.percolate.files.AtomicFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG, JPEG, WebP, GIF (its first frame) and BMP files as upright 8-bit sRGB images, and writes the first three.
 *
 * <p>Whatever is in the file (16 bits, grey, a palette, CMYK, a colour profile, EXIF orientation), what comes
 * out is the image as a viewer shows it. Safe to use from several threads.
 */
public final class ImageFiles {

    /** The largest image that is read: a small file can unpack to any size. */
    private static final long MAX_PIXELS = 1L << 26;

    /** Where the size is in any format, and in photographs what EXIF says. */
    private static final int HEAD_BYTES = 1 << 20;

    /** What messages call an image that is in no file. */
    private static final Path IN_MEMORY = Path.of("image");

    private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp");

    private ImageFiles() {}

    /** Whether the name of {@code file} ends like that of an image. */
    public static boolean isImage(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    /**
     * Reads an opaque image (type {@code INT_RGB}); what is transparent in the file turns white.
     *
     * @throws BrokenImageException if the file is missing or not a complete image
     */
    public static BufferedImage read(Path file) {
        return read(file, Color.WHITE);
    }

    /**
     * Reads an opaque image (type {@code INT_RGB}), laid on {@code background} where it is transparent.
     *
     * @throws BrokenImageException if the file is missing or not a complete image
     */
    public static BufferedImage read(Path file, Color background) {
        return Argb.on(background, readWithAlpha(file));
    }

    /**
     * What {@code then} makes of an image that is decoded as {@code subsampling} says for it when upright.
     *
     * @throws BrokenImageException if the file is missing or not a complete image
     */
    static BufferedImage read(Path file, Color background, Subsampling subsampling, UnaryOperator<BufferedImage> then) {
        byte[] bytes = bytes(file);
        Orientation orientation = Orientation.of(bytes);
        Subsampling stored = subsampling.stored(orientation);
        return decoded(file, bytes, (reader, stream) -> {
            PixelSize size = headerSize(reader, stream);
            return stored.inTurn(
                    size,
                    () -> then.apply(Argb.on(
                            background,
                            orientation.upright(
                                    Argb.of(Completeness.required(reader, () -> stored.read(reader, size)))))));
        });
    }

    /**
     * How large the image in {@code file} is, upright, by its header alone.
     *
     * @throws BrokenImageException if the file is missing, has no such header, or has one that is too large to read
     */
    public static PixelSize size(Path file) {
        byte[] head = head(file);
        return Orientation.of(head).stored(decoded(file, head, ImageFiles::headerSize));
    }

    /**
     * Reads an image with its transparency (type {@code INT_ARGB}).
     *
     * @throws BrokenImageException if the file is missing or not a complete image
     */
    public static BufferedImage readWithAlpha(Path file) {
        byte[] bytes = bytes(file);
        return Orientation.of(bytes).upright(Argb.of(decoded(file, bytes, ImageFiles::image)));
    }

    /**
     * Reads an image out of memory, with its transparency (type {@code INT_ARGB}).
     *
     * @param mostPixels that it may have: its header alone is looked at if it has more
     * @throws BrokenImageException if it is not a complete image, or too large
     */
    public static BufferedImage readWithAlpha(byte[] bytes, long mostPixels) {
        PixelSize size = decoded(IN_MEMORY, bytes, ImageFiles::headerSize);
        if (size.area() > mostPixels) {
            throw BrokenImageException.content(IN_MEMORY, size + ", more than " + mostPixels + " pixels", null);
        }
        return Orientation.of(bytes).upright(Argb.of(decoded(IN_MEMORY, bytes, ImageFiles::image)));
    }

    /** The same as an opaque image (type {@code INT_RGB}); what is transparent turns white. */
    public static BufferedImage read(byte[] bytes, long mostPixels) {
        return Argb.on(Color.WHITE, readWithAlpha(bytes, mostPixels));
    }

    /** How an image was made, if its file says so: in a PNG text, or in EXIF's user comment. */
    public static Optional<ParameterText> readText(Path file) {
        byte[] bytes = bytes(file);
        return Optional.ofNullable(decoded(file, bytes, PngText::read).get(ParameterText.KEYWORD))
                .or(() -> UserComment.read(bytes))
                .map(ParameterText::parse);
    }

    /** Writes a PNG, whole or not at all. */
    public static void writePng(Path file, BufferedImage image) {
        write(file, ImageFormat.PNG, image, Optional.empty());
    }

    /**
     * Writes an image that says how it was made, in the format that the name of {@code file} says, whole or not at all.
     *
     * @throws IllegalArgumentException if the name says none of {@link ImageFormat}
     */
    public static void write(Path file, BufferedImage image, ParameterText text) {
        write(file, ImageFormat.of(file), image, Optional.of(text));
    }

    /** Writes an image that says how it was made; nothing if it cannot be encoded. */
    public static void write(OutputStream out, ImageFormat format, BufferedImage image, ParameterText text)
            throws IOException {
        out.write(format.encoded(image, Optional.of(text)));
    }

    private static void write(Path file, ImageFormat format, BufferedImage image, Optional<ParameterText> text) {
        AtomicFile.write(file, out -> out.write(format.encoded(image, text)));
    }

    private static byte[] bytes(Path file) {
        return bytes(file, Integer.MAX_VALUE);
    }

    private static byte[] head(Path file) {
        return bytes(file, HEAD_BYTES);
    }

    private static byte[] bytes(Path file, int most) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        } catch (NoSuchFileException missing) {
            throw BrokenImageException.access(file, "there is no such file", missing);
        } catch (IOException unreadable) {
            throw BrokenImageException.access(file, "cannot be read (" + reason(unreadable) + ")", unreadable);
        }
    }

    /** Runs {@code decoding} with the reader for what {@code bytes} are; every failure is a {@link BrokenImageException}. */
    private static <T> T decoded(Path file, byte[] bytes, Decoding<T> decoding) {
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw BrokenImageException.content(file, "is not a PNG, JPEG, WebP, GIF or BMP image", null);
            }
            return decoded(readers.next(), stream, decoding);
        } catch (IOException broken) {
            String reason = "is a broken image (" + reason(broken) + ")";
            throw broken.getCause() instanceof OutOfMemoryError
                    ? BrokenImageException.access(file, reason, broken)
                    : BrokenImageException.content(file, reason, broken);
        }
    }

    private static <T> T decoded(ImageReader reader, ImageInputStream stream, Decoding<T> decoding) throws IOException {
        try {
            return decoding.of(reader, stream);
        } catch (RuntimeException | OutOfMemoryError broken) { // what decoders throw on bytes they did not expect
            throw new IOException("its decoder failed with " + broken.getClass().getSimpleName(), broken);
        } finally {
            reader.dispose();
        }
    }

    private static String reason(IOException broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static BufferedImage image(ImageReader reader, ImageInputStream stream) throws IOException {
        headerSize(reader, stream);
        return Completeness.required(reader, () -> reader.read(0));
    }

    private static PixelSize headerSize(ImageReader reader, ImageInputStream stream) throws IOException {
        reader.setInput(stream, true, true);
        PixelSize size = new PixelSize(reader.getWidth(0), reader.getHeight(0));
        if (size.area() > MAX_PIXELS) {
            throw new IOException("%s, more than %d pixels".formatted(size, MAX_PIXELS));
        }
        return size;
    }

    /** Takes something out of an encoded image. */
    @FunctionalInterface
    interface Decoding<T> {

        T of(ImageReader reader, ImageInputStream stream) throws IOException;
    }
}
