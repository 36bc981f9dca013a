package io.percolate.vae.losses;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * What a {@link PatchDiscriminator} says of images, and how it came to it.
 *
 * @param logits one per patch (B,1,h,w), positive for real ones
 * @param activations of all layers but the last (B,C,h,w), finest first
 */
public record Judgement(NDArray logits, List<NDArray> activations) {}
