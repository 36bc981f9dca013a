package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** What a generation starts from instead of noise of its own. */
public sealed interface Start {

    /** The image to change, if there is one. */
    default Optional<BufferedImage> initImage() {
        return Optional.empty();
    }

    /** An image, changed by {@code strength} between 0, not at all, and 1, altogether (Meng et al. 2022). */
    record Image(BufferedImage image, double strength) implements Start {

        public Image {
            requireStrength(strength);
        }

        @Override
        public Optional<BufferedImage> initImage() {
            return Optional.of(image);
        }
    }

    /** An image drawn anew where {@code mask} is bright, by {@code strength} as in {@link Image}. */
    record Inpainting(BufferedImage image, BufferedImage mask, double strength) implements Start {

        public Inpainting {
            requireStrength(strength);
        }

        @Override
        public Optional<BufferedImage> initImage() {
            return Optional.of(image);
        }
    }

    /**
     * An image that the prompt says how to change, for instruct-pix2pix models (Brooks et al. 2023).
     *
     * @param likeness guidance towards the image, 1.5 as a rule: more changes less
     */
    record Editing(BufferedImage image, double likeness) implements Start {

        public Editing {
            if (!(likeness >= 1) || Double.isInfinite(likeness)) {
                throw new IllegalArgumentException("likeness " + likeness + " must be a number from 1 on");
            }
        }

        @Override
        public Optional<BufferedImage> initImage() {
            return Optional.of(image);
        }
    }

    /** Noise of unit variance (B,C,h,w), a row for each image; it stays the caller's. */
    record Noise(NDArray latents) implements Start {}

    /**
     * What {@link Image} is read as: {@code pixels} (1,3,H,W) in [-1,1] and, where given, the noise of unit
     * variance (B,C,h,w) that would be drawn. All stay the caller's.
     *
     * @param posteriorNoise draws latents from what the encoder says of the image
     * @param noise what they are covered with
     */
    record Pixels(NDArray pixels, Optional<NDArray> posteriorNoise, Optional<NDArray> noise, double strength)
            implements Start {

        public Pixels {
            requireStrength(strength);
        }
    }

    /** What {@link Image} becomes: latents and noise of unit variance, both (B,C,h,w); they stay the caller's. */
    record Latents(NDArray latents, NDArray noise, double strength) implements Start {

        public Latents {
            requireStrength(strength);
        }
    }

    private static void requireStrength(double strength) {
        if (!(strength > 0 && strength <= 1)) {
            throw new IllegalArgumentException("strength " + strength + " is not above 0 and at most 1");
        }
    }
}
