package io.percolate.pipeline.control;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.Pixels;
import java.awt.image.BufferedImage;
import java.util.Objects;

/** What a ControlNet is shown, as an image or as a tensor, which stays the caller's. */
public sealed interface ControlImage {

    /** Fails if it is a tensor of another size. */
    default void requireSize(int width, int height) {}

    /** Its pixels (1,3,H,W) in [0,1]. */
    NDArray pixels(int width, int height, NDManager manager);

    /**
     * An image of any size, which is stretched to that of the request before {@code preprocessor} sees it.
     *
     * @param image opaque
     * @param preprocessor what makes a control image of it
     */
    record OfImage(BufferedImage image, Preprocessor preprocessor) implements ControlImage {

        public OfImage {
            Objects.requireNonNull(image, "image");
            Objects.requireNonNull(preprocessor, "preprocessor");
        }

        @Override
        public NDArray pixels(int width, int height, NDManager manager) {
            BufferedImage resized = ImageTransform.stretched(width, height).apply(image);
            return Aten.affine(Pixels.of(preprocessor.apply(resized), manager).expandDims(0), 0.5, 0.5);
        }
    }

    /** Pixels (1,C,H,W) in [0,1]. */
    record OfPixels(NDArray pixels) implements ControlImage {

        public OfPixels {
            Shape shape = pixels.getShape();
            if (shape.dimension() != 4 || shape.get(0) != 1) {
                throw new IllegalArgumentException("a control image is (1,3,H,W), not " + shape);
            }
        }

        @Override
        public void requireSize(int width, int height) {
            Shape shape = pixels.getShape();
            if (shape.get(2) != height || shape.get(3) != width) {
                throw new IllegalArgumentException("a control image of %dx%d, but the request is for %dx%d"
                        .formatted(shape.get(3), shape.get(2), width, height));
            }
        }

        @Override
        public NDArray pixels(int width, int height, NDManager manager) {
            return pixels;
        }
    }
}
