/**
 * From prompts to a denoiser that follows them: {@link io.percolate.conditioning.tokenizer}, {@link
 * io.percolate.conditioning.encoder}, {@link io.percolate.conditioning.prompts} and {@link
 * io.percolate.conditioning.guidance}, in the order of the data.
 *
 * <pre>{@code
 * PromptEmbeddings prompts = text.encode(List.of("a red apple"), List.of("blurry"), TextOptions.of(512, 512));
 * Denoiser guided = ClassifierFreeGuidance.of(network, prompts, Guidance.of(7.5));
 * }</pre>
 *
 * <p>Shapes: B prompts, N chunks of prompts, L tokens, D width of the states, P width of the projection.
 */
@NullMarked
package io.percolate.conditioning;

import org.jspecify.annotations.NullMarked;
