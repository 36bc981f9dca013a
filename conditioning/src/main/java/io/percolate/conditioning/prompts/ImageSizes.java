package io.percolate.conditioning.prompts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchArray;
import java.util.List;

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

    private static final int NUMBERS = 6;

    /** An image that is shown whole in its own size. */
    public static ImageSizes of(int height, int width) {
        return new ImageSizes(height, width, 0, 0, height, width);
    }

    /** The six numbers of each of {@code batch} images, which all have the same if there is only one: (B,6). */
    public static NDArray rows(List<ImageSizes> sizes, int batch, NDManager manager) {
        float[] rows = new float[batch * NUMBERS];
        for (int i = 0; i < batch; i++) {
            System.arraycopy(sizes.get(i % sizes.size()).numbers(), 0, rows, i * NUMBERS, NUMBERS);
        }
        return TorchArray.of(manager, rows, new Shape(batch, NUMBERS));
    }

    private float[] numbers() {
        return new float[] {originalHeight, originalWidth, cropTop, cropLeft, targetHeight, targetWidth};
    }
}
