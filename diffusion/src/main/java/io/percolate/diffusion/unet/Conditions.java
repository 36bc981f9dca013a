package io.percolate.diffusion.unet;

import ai.djl.ndarray.NDArray;

/**
 * What a U-Net is told besides the timestep; each is null unless its config asks for it.
 *
 * @param context tokens to attend to (B,L,D)
 * @param pooled pooled text state (B,D')
 * @param sizes size numbers (B,N), for SDXL original height and width, top and left of the crop, target height and width
 * @param classes class labels (B), or vectors in their place (B,width)
 * @param guidance embedding of the guidance scale (B,width), for latent consistency models
 */
public record Conditions(NDArray context, NDArray pooled, NDArray sizes, NDArray classes, NDArray guidance) {

    /** Nothing but the timestep. */
    public static Conditions none() {
        return context(null);
    }

    /** Tokens to attend to (B,L,D). */
    public static Conditions context(NDArray context) {
        return new Conditions(context, null, null, null, null);
    }

    /** These conditions and a pooled text state (B,D') with size numbers (B,N). */
    public Conditions withPooled(NDArray state, NDArray numbers) {
        return new Conditions(context, state, numbers, classes, guidance);
    }

    /** These conditions and class labels (B), or vectors in their place (B,width). */
    public Conditions withClasses(NDArray labels) {
        return new Conditions(context, pooled, sizes, labels, guidance);
    }

    /** These conditions and an embedding of the guidance scale (B,width). */
    public Conditions withGuidance(NDArray embedding) {
        return new Conditions(context, pooled, sizes, classes, embedding);
    }

    /** These conditions with another context (B,L,D). */
    Conditions withContext(NDArray tokens) {
        return new Conditions(tokens, pooled, sizes, classes, guidance);
    }
}
