package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Checks a U-Net's arguments; the message says what is wrong and what to pass. */
record InputCheck(UNetConfig config) {

    void check(NDArray sample, NDArray timesteps, DenoiserInputs inputs) {
        checkChannels(sample.getShape());
        long batch = sample.getShape().get(0);
        require(
                timesteps.getShape().equals(new Shape(batch)),
                "timesteps %s for %d samples: pass one timestep per sample",
                text(timesteps.getShape()),
                batch);
        if (config.takesContext()) {
            checkContext(inputs.context(), batch);
        }
        checkEmbeddings(inputs);
    }

    private void checkChannels(Shape sample) {
        require(sample.dimension() == 4, "a sample of shape %s: pass (batch, channels, height, width)", text(sample));
        require(
                sample.get(1) == config.inChannels(),
                "latents %s but this U-Net expects %d channels%s",
                text(sample),
                config.inChannels(),
                kind());
    }

    private String kind() {
        return switch (config.inChannels() - config.outChannels()) {
            case 5 -> ": it is an inpainting model, pass an image and a mask";
            case 4 -> ": it edits images by instruction, pass an image";
            case 3 -> ": it enlarges images, pass an image";
            default -> "";
        };
    }

    private void checkContext(NDArray context, long batch) {
        int width = config.transformers().contextWidth();
        require(context != null, "no context: this U-Net attends to tokens (batch, length, %d), pass them", width);
        Shape shape = context.getShape();
        require(
                shape.dimension() == 3 && shape.get(0) == batch && shape.get(2) == width,
                "context %s but this U-Net expects (%d, length, %d): encode one prompt per sample with its own encoder",
                text(shape),
                batch,
                width);
    }

    private void checkEmbeddings(DenoiserInputs inputs) {
        require(
                config.classes() instanceof ClassLabels.None == (inputs.classes() == null),
                inputs.classes() == null
                        ? "no class labels: this U-Net was trained with them, pass one per sample"
                        : "class labels, but this U-Net has no class embedding: leave them out");
        config.pooledText().ifPresent(text -> checkPooled(text, inputs));
        require(
                inputs.guidance() == null
                        || config.embedding().time().guidanceWidth().isPresent(),
                "a guidance embedding, but this U-Net takes none: guide it by two predictions instead");
    }

    private static void checkPooled(EmbeddingConfig.PooledText text, DenoiserInputs inputs) {
        require(
                inputs.pooled() != null && inputs.sizes() != null,
                "no pooled text and size numbers: this U-Net adds them to its time embedding, pass both");
        long numbers = inputs.sizes().getShape().get(1);
        require(
                inputs.pooled().getShape().get(1) + numbers * text.numberWidth() == text.inputWidth(),
                "a pooled text state %s and %d size numbers, but this U-Net expects a state of width %d with those",
                text(inputs.pooled().getShape()),
                numbers,
                text.inputWidth() - numbers * text.numberWidth());
    }

    private static void require(boolean fine, String message, Object... values) {
        if (!fine) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }

    private static String text(Shape shape) {
        return Arrays.stream(shape.getShape()).mapToObj(Long::toString).collect(Collectors.joining(",", "(", ")"));
    }
}
