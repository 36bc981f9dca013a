package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;

/** How an image of another shape is brought to a given size. */
public enum Fit {
    /** Resized to cover the size, then cut to its centre. */
    CROP {
        @Override
        BufferedImage apply(BufferedImage image, int width, int height) {
            Frame frame = new Frame(new PixelSize(image.getWidth(), image.getHeight()), new PixelSize(width, height));
            PixelSize resized = frame.resized();
            return Lanczos.resize(image, resized.width(), resized.height())
                    .getSubimage(frame.left(), frame.top(), width, height);
        }
    },

    /** Resized in both directions on their own, so that circles may turn into ellipses. */
    STRETCH {
        @Override
        BufferedImage apply(BufferedImage image, int width, int height) {
            return Lanczos.resize(image, width, height);
        }
    };

    abstract BufferedImage apply(BufferedImage image, int width, int height);
}
