package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;

/** How a picture of another shape is brought to a given size. */
public enum Fit {
    /** Resized to cover the size, then cut to its centre. */
    CROP {
        @Override
        BufferedImage apply(BufferedImage picture, int width, int height) {
            double scale = Math.max((double) width / picture.getWidth(), (double) height / picture.getHeight());
            int coveringWidth = Math.max(width, (int) Math.round(picture.getWidth() * scale));
            int coveringHeight = Math.max(height, (int) Math.round(picture.getHeight() * scale));
            return Lanczos.resize(picture, coveringWidth, coveringHeight)
                    .getSubimage((coveringWidth - width) / 2, (coveringHeight - height) / 2, width, height);
        }
    },

    /** Resized in both directions on their own, so that circles may turn into ellipses. */
    STRETCH {
        @Override
        BufferedImage apply(BufferedImage picture, int width, int height) {
            return Lanczos.resize(picture, width, height);
        }
    };

    abstract BufferedImage apply(BufferedImage picture, int width, int height);
}
