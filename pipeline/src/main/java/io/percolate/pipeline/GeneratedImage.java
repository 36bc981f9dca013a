package io.percolate.pipeline;

import io.percolate.pipeline.images.GenerationText;
import io.percolate.pipeline.images.ImageFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * A picture and how it was made.
 *
 * @param image the picture
 * @param seed its own seed: asked for alone with this seed, the same picture comes out
 * @param text prompt, seed and settings, as written into the file
 */
public record GeneratedImage(BufferedImage image, long seed, GenerationText text) {

    /** Writes a PNG that carries {@link #text}, whole or not at all. */
    public void save(Path png) {
        ImageFiles.writePng(png, image, text);
    }
}
