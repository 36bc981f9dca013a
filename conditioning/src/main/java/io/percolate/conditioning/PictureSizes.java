package io.percolate.conditioning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.TorchArray;

/**
 * What Stable Diffusion XL is told about a picture's size and crop (Podell et al. 2023, section 2.2), in pixels.
 *
 * @param originalHeight height before the picture was resized for training
 * @param originalWidth width before the picture was resized
 * @param cropTop rows cut off at the top
 * @param cropLeft columns cut off at the left
 * @param targetHeight height of the picture to make
 * @param targetWidth width of the picture to make
 */
public record PictureSizes(
        int originalHeight, int originalWidth, int cropTop, int cropLeft, int targetHeight, int targetWidth) {

    /** A picture that is shown whole in its own size. */
    public static PictureSizes of(int height, int width) {
        return new PictureSizes(height, width, 0, 0, height, width);
    }

    /** The six numbers, the same for each of {@code batch} pictures: (B,6). */
    NDArray rows(int batch, NDManager manager) {
        float[] row = {originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth};
        float[] rows = new float[batch * row.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row[i % row.length];
        }
        return TorchArray.of(manager, rows, new Shape(batch, row.length));
    }
}
