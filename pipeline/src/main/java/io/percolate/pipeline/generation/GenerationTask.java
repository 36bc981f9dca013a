package io.percolate.pipeline.generation;

import io.percolate.pipeline.images.ParameterText;
import io.percolate.weights.layout.UNetInput;
import java.util.Optional;

/**
 * What a request asks for: an image of a prompt, or a change of an image. Everything in which the kinds differ is a
 * method here or on the {@link PreparedTask} that {@link #prepare} makes for each batch.
 */
public sealed interface GenerationTask permits TextToImage, ImageToImage, Inpainting, InstructEditing {

    /** The size of the image or latents that the request gives, for a codec of {@code factor} pixels per latent. */
    default Optional<Size> size(int factor) {
        return Optional.empty();
    }

    /**
     * Fails if tensors that the request gives have other shapes.
     *
     * @throws IllegalArgumentException naming both shapes
     */
    default void requireShapes(ExpectedShapes expected) {}

    /**
     * Fails if a U-Net that sees {@code input} cannot do this.
     *
     * @param model its name, for the message
     * @throws IllegalArgumentException saying what it can
     */
    default void requireInput(UNetInput input, String model) {
        if (input != UNetInput.LATENTS) {
            throw new IllegalArgumentException("%s: its U-Net also sees %s: %s, or take a model that sees nothing else"
                    .formatted(model, input.beside(), input.wayOut()));
        }
    }

    /** Encodes the images of one batch and generates its noise, in diffusers' order: posterior noise first. */
    PreparedTask prepare(TaskEncoder encoder);

    /** {@code text} and what this task adds to it. */
    default ParameterText describe(ParameterText text) {
        return text;
    }
}
