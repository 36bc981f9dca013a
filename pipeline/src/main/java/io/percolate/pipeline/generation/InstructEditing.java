package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.weights.layout.UNetInput;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.Optional;

/**
 * An image changed as the prompt says, by an instruct-pix2pix model (Brooks et al. 2023).
 *
 * @param image the image to change
 * @param imageGuidanceScale how strongly the image is kept: 1 is off, 1.5 is usual
 */
public record InstructEditing(BufferedImage image, double imageGuidanceScale) implements GenerationTask {

    public InstructEditing {
        Objects.requireNonNull(image, "image");
        if (!(imageGuidanceScale >= 1) || Double.isInfinite(imageGuidanceScale)) {
            throw new IllegalArgumentException(
                    "image guidance scale " + imageGuidanceScale + " must be a number from 1 on; 1 is off");
        }
    }

    @Override
    public Optional<Size> size(int factor) {
        return Optional.of(Size.of(image));
    }

    @Override
    public void requireInput(UNetInput input, String model) {
        if (input != UNetInput.EDITING) {
            throw new IllegalArgumentException("an image to edit by instruction, but this model, " + model
                    + ", is not an instruct-pix2pix model: use image-to-image (initImage, --init-image)");
        }
    }

    @Override
    public PreparedTask prepare(TaskEncoder encoder) {
        PreparedTask noise = TextToImage.FROM_SEEDS.prepare(encoder);
        NDArray known = encoder.unscaledLatents(encoder.pixels(image));
        return new PreparedTask.InstructEdit(noise, known, imageGuidanceScale);
    }

    @Override
    public ParameterText describe(ParameterText text) {
        return text.with(ParameterText.IMAGE_GUIDANCE_SCALE, imageGuidanceScale);
    }
}
