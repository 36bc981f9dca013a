package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.Optional;

/** The image that {@link ImageToImage} changes, as an image or as a tensor, which stays the caller's. */
public sealed interface InitImage {

    /** The size of images that it makes. */
    Size size(int factor);

    /** Fails if it is a tensor of another shape; images of any size are stretched. */
    default void requireShape(ExpectedShapes expected) {}

    /** Its latents (B,C,h,w), sampled from the encoder's posterior with {@code noise}. */
    NDArray encode(TaskEncoder encoder, Optional<NDArray> noise);

    /** An image of any size. */
    record OfImage(BufferedImage image) implements InitImage {

        public OfImage {
            Objects.requireNonNull(image, "image");
        }

        @Override
        public Size size(int factor) {
            return Size.of(image);
        }

        @Override
        public NDArray encode(TaskEncoder encoder, Optional<NDArray> noise) {
            return encoder.latents(encoder.pixels(image), noise);
        }
    }

    /** Pixels (1,3,H,W) in [-1,1]. */
    record OfPixels(NDArray pixels) implements InitImage {

        public OfPixels {
            Objects.requireNonNull(pixels, "pixels");
        }

        @Override
        public Size size(int factor) {
            return Size.ofLatents(pixels, 1);
        }

        @Override
        public void requireShape(ExpectedShapes expected) {
            expected.requirePixels("image", pixels);
        }

        @Override
        public NDArray encode(TaskEncoder encoder, Optional<NDArray> noise) {
            return encoder.latents(pixels, noise);
        }
    }

    /** Latents of unit variance (B,C,h,w), a row for each image. */
    record OfLatents(NDArray latents) implements InitImage {

        public OfLatents {
            Objects.requireNonNull(latents, "latents");
        }

        @Override
        public Size size(int factor) {
            return Size.ofLatents(latents, factor);
        }

        @Override
        public void requireShape(ExpectedShapes expected) {
            expected.requireLatents("latents", latents);
        }

        @Override
        public NDArray encode(TaskEncoder encoder, Optional<NDArray> noise) {
            return encoder.rows(latents);
        }
    }
}
