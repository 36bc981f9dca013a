package io.percolate.diffusion.unet;

/**
 * How the transformers of a U-Net are built.
 *
 * @param contextWidth width of the context's tokens
 * @param linearProjection whether the projections around the blocks are linear layers or 1x1 convolutions
 * @param upcastAttention whether attention must sum in float32 in any precision; here it always does
 */
public record TransformerConfig(int contextWidth, boolean linearProjection, boolean upcastAttention) {

    /** For a network without transformers. */
    public static final TransformerConfig NONE = new TransformerConfig(0, false, false);
}
