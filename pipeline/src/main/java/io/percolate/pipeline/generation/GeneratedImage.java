package io.percolate.pipeline.generation;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageFormat;
import io.percolate.pipeline.images.ParameterText;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * An image and how it was made.
 *
 * @param image the image
 * @param seed its own seed: asked for alone with this seed, the same image comes out
 * @param text prompt, seed and settings, as written into its files
 */
public record GeneratedImage(BufferedImage image, long seed, ParameterText text) {

    /**
     * Writes a file that carries {@link #text}, whole or not at all, in the format that its name says: {@code .png},
     * {@code .jpg}, {@code .jpeg} or {@code .webp}.
     *
     * @throws IllegalArgumentException if the name says another format, or none
     */
    public void save(Path file) {
        ImageFiles.write(file, image, text);
    }

    /** Writes the image with its {@link #text} to {@code out}, which stays open. */
    public void write(OutputStream out, ImageFormat format) throws IOException {
        ImageFiles.write(out, format, image, text);
    }

    /** The bytes of a file in this format, with its {@link #text}. */
    public byte[] bytes(ImageFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(out, format);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
