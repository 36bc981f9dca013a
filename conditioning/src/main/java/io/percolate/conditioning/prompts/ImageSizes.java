package io.percolate.conditioning.prompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;

/**
 * What Stable Diffusion XL is told about an image's size and crop (Podell et al. 2023, section 2.2), in pixels.
 *
 * @param originalHeight height before the image was resized for training
 * @param originalWidth width before the image was resized
 * @param cropTop rows cut off at the top
 * @param cropLeft columns cut off at the left
 * @param targetHeight height of the image to make
 * @param targetWidth width of the image to make
 */
public record ImageSizes(
        int originalHeight, int originalWidth, int cropTop, int cropLeft, int targetHeight, int targetWidth) {

    /** An image that is shown whole in its own size. */
    public static ImageSizes of(int height, int width) {
        return new ImageSizes(height, width, 0, 0, height, width);
    }

    /** The six numbers, the same for each of {@code batch} images: (B,6). */
    NDArray rows(int batch, NDManager manager) {
        float[] row = {originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth};
        float[] rows = new float[batch * row.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row[i % row.length];
        }
        return TorchArray.of(manager, rows, new Shape(batch, row.length));
    }
}
