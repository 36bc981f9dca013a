package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;

/** How an image of another shape is brought to a given size. */
public enum Fit {
    /** Resized to cover the size, then cut to its centre. */
    CROP {
        @Override
        BufferedImage apply(BufferedImage image, int width, int height) {
            double scale = Math.max((double) width / image.getWidth(), (double) height / image.getHeight());
            int coveringWidth = Math.max(width, (int) Math.round(image.getWidth() * scale));
            int coveringHeight = Math.max(height, (int) Math.round(image.getHeight() * scale));
            return Lanczos.resize(image, coveringWidth, coveringHeight)
                    .getSubimage((coveringWidth - width) / 2, (coveringHeight - height) / 2, width, height);
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
