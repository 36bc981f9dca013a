package io.percolate.pipeline.generation;

import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ParameterText;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * An image and how it was made.
 *
 * @param image the image
 * @param seed its own seed: asked for alone with this seed, the same image comes out
 * @param text prompt, seed and settings, as written into the file
 */
public record GeneratedImage(BufferedImage image, long seed, ParameterText text) {

    /** Writes a PNG that carries {@link #text}, whole or not at all. */
    public void save(Path png) {
        ImageFiles.writePng(png, image, text);
    }
}
