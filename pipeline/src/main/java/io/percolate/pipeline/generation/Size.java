package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;

/** Width and height in pixels. */
public record Size(int width, int height) {

    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("an image of " + width + "x" + height + ": both must be positive");
        }
    }

    static Size of(BufferedImage image) {
        return new Size(image.getWidth(), image.getHeight());
    }

    /** Of images whose latents (B,C,h,w) have {@code factor} pixels each. */
    static Size ofLatents(NDArray latents, int factor) {
        int width = Math.toIntExact(latents.getShape().get(3));
        int height = Math.toIntExact(latents.getShape().get(2));
        return new Size(width * factor, height * factor);
    }

    /** The nearest size of whole blocks of {@code factor} pixels, at least one, that is not larger. */
    Size roundedDown(int factor) {
        return new Size(Math.max(factor, width / factor * factor), Math.max(factor, height / factor * factor));
    }

    /** The nearest size of whole blocks of {@code factor} pixels, at least one. */
    Size rounded(int factor) {
        return new Size(width + factor / 2, height + factor / 2).roundedDown(factor);
    }

    @Override
    public String toString() {
        return width + "x" + height;
    }
}
