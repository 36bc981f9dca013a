package io.percolate.pipeline.images;

import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/**
 * Random crops of large images, so that a model sees their pixels as they are and not only the whole made small.
 *
 * @param least smallest part of the side that a crop may have, above 0
 * @param most largest part, at most 1
 */
public record CropScales(double least, double most) {

    public CropScales {
        if (!(least > 0 && least <= most && most <= 1)) {
            throw new IllegalArgumentException("crop_scales from " + least + " to " + most
                    + ": both are parts of an image's side, above 0 and at most 1, the smaller first");
        }
    }

    /**
     * A part of an image, resized to {@code width} x {@code height}. It is as large as the largest part of that shape
     * times a random scale, unless it would have to be enlarged for that, and lies anywhere.
     */
    BufferedImage apply(BufferedImage image, int width, int height, RandomGenerator random) {
        double fit = Math.min((double) image.getWidth() / width, (double) image.getHeight() / height);
        double scale = least + (most - least) * random.nextDouble();
        double factor = Math.min(fit, Math.max(1, fit * scale));
        int cropWidth = side(factor * width, image.getWidth());
        int cropHeight = side(factor * height, image.getHeight());
        int left = random.nextInt(image.getWidth() - cropWidth + 1);
        int top = random.nextInt(image.getHeight() - cropHeight + 1);
        return Lanczos.resize(image.getSubimage(left, top, cropWidth, cropHeight), width, height);
    }

    private static int side(double wanted, int available) {
        return Math.max(1, Math.min(available, (int) Math.round(wanted)));
    }
}
