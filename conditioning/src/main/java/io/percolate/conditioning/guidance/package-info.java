/**
 * A denoiser that follows its prompt: {@link io.percolate.conditioning.guidance.ClassifierFreeGuidance} wraps a {@link
 * io.percolate.conditioning.guidance.ConditionalDenoiser} and its prompts into a plain {@link
 * io.percolate.diffusion.process.Denoiser}, as strongly as {@link io.percolate.conditioning.guidance.Guidance} says.
 */
@NullMarked
package io.percolate.conditioning.guidance;

import org.jspecify.annotations.NullMarked;
