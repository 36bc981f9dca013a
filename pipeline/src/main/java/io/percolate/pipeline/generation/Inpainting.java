package io.percolate.pipeline.generation;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.Aten;
import io.percolate.pipeline.images.ParameterText;
import io.percolate.weights.layout.UNetInput;
import java.awt.image.BufferedImage;
import java.util.Objects;
import java.util.Optional;

/**
 * An image generated anew where {@code mask} is bright. Inpainting models see the mask and what is outside it; with
 * other models the image is blended in after every step.
 *
 * @param image the image to change
 * @param mask white where it changes, black where it stays
 * @param strength how much to change inside the mask, as in {@link ImageToImage}
 */
public record Inpainting(BufferedImage image, BufferedImage mask, double strength) implements GenerationTask {

    public Inpainting {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(mask, "mask");
        ImageToImage.requireStrength(strength);
    }

    @Override
    public Optional<Size> size(int factor) {
        return Optional.of(Size.of(image));
    }

    /** A mask serves models that see none, too. */
    @Override
    public void requireInput(UNetInput input, String model) {
        if (input != UNetInput.INPAINTING) {
            GenerationTask.super.requireInput(input, model);
        }
    }

    @Override
    public PreparedTask prepare(TaskEncoder encoder) {
        NDArray large = encoder.mask(mask);
        NDArray small = encoder.downsampled(large);
        if (encoder.input() == UNetInput.INPAINTING) {
            return conditioned(encoder, large, small);
        }
        PreparedTask.FromImage start = fromImage(encoder);
        return new PreparedTask.BlendedInpainting(start, small);
    }

    private PreparedTask conditioned(TaskEncoder encoder, NDArray large, NDArray small) {
        PreparedTask start =
                strength == 1 ? new PreparedTask.FromNoise(encoder.noise(Optional.empty())) : fromImage(encoder);
        NDArray outside = encoder.pixels(image).mul(Aten.affine(large, -1, 1));
        NDArray known = encoder.latents(outside, Optional.empty());
        return new PreparedTask.Conditioned(
                start, small.repeat(0, known.getShape().get(0)).concat(known, 1));
    }

    private PreparedTask.FromImage fromImage(TaskEncoder encoder) {
        NDArray latents = encoder.latents(encoder.pixels(image), Optional.empty());
        return new PreparedTask.FromImage(latents, encoder.noise(Optional.empty()), strength);
    }

    @Override
    public ParameterText describe(ParameterText text) {
        return text.with(ParameterText.STRENGTH, strength);
    }
}
