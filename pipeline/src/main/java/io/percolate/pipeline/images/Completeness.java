package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Refuses a file that ends too early: decoders of JPEG only warn, and fill the rest with grey. */
final class Completeness implements IIOReadWarningListener {

    private String missing = "";

    private Completeness() {}

    /** What {@code decoding} gives, if {@code reader} finds the file whole. */
    static BufferedImage required(ImageReader reader, Decoding decoding) throws IOException {
        Completeness completeness = new Completeness();
        reader.addIIOReadWarningListener(completeness);
        BufferedImage image = decoding.image();
        if (!completeness.missing.isEmpty()) {
            throw new IOException(completeness.missing);
        }
        return image;
    }

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        String lower = warning.toLowerCase(Locale.ROOT);
        if (lower.contains("truncated") || lower.contains("premature")) {
            missing = warning;
        }
    }

    /** Decodes an image. */
    @FunctionalInterface
    interface Decoding {

        BufferedImage image() throws IOException;
    }
}
