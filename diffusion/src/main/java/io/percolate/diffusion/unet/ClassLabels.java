package io.percolate.diffusion.unet;

import org.jspecify.annotations.Nullable;

/** What is added to the time embedding for a class, or for whatever else a U-Net takes in its place. */
public sealed interface ClassLabels {

    /** The published {@code class_embed_type}, null for none and for a table. */
    default @Nullable String published() {
        return null;
    }

    /** The published {@code projection_class_embeddings_input_dim}, null if there is no projection. */
    default @Nullable Integer inputWidth() {
        return null;
    }

    /** No classes. */
    record None() implements ClassLabels {}

    /** A vector per class, learned; labels (B) are whole numbers below {@code count}. */
    record Table(int count) implements ClassLabels {}

    /** A number per image, embedded as a timestep is; labels (B). */
    record Number() implements ClassLabels {
        @Override
        public String published() {
            return "timestep";
        }
    }

    /** A vector per image of the time embedding's own width; labels (B,E). */
    record Identity() implements ClassLabels {
        @Override
        public String published() {
            return "identity";
        }
    }

    /** A vector per image through two linear layers; labels (B,width). */
    record Projection(int width) implements ClassLabels {
        @Override
        public String published() {
            return "projection";
        }

        @Override
        public Integer inputWidth() {
            return width;
        }
    }

    /** A vector per image through one linear layer; labels (B,width). */
    record LinearProjection(int width) implements ClassLabels {
        @Override
        public String published() {
            return "simple_projection";
        }

        @Override
        public Integer inputWidth() {
            return width;
        }
    }
}
