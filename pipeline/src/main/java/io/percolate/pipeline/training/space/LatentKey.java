package io.percolate.pipeline.training.space;

import io.percolate.pipeline.images.ImageTransform;
import java.util.Locale;

/**
 * What the latents of an image are kept under: whatever their values depend on, beside the autoencoder.
 *
 * @param content fingerprint of the image file
 * @param transform what became of the image
 * @param mirrored whether it was mirrored, left to right
 */
record LatentKey(String content, ImageTransform transform, boolean mirrored) {

    /** As the name of a tensor, such as {@code 3f0c...-512x384-crop-ffffff-mirrored}. */
    String text() {
        return "%s-%s-%s-%06x%s"
                .formatted(
                        content,
                        transform.size(),
                        transform.fit().name().toLowerCase(Locale.ROOT),
                        transform.background().getRGB() & 0xffffff,
                        mirrored ? "-mirrored" : "");
    }
}
