/**
 * From prompts to a denoiser that follows them: tokenizer, text encoder, guidance.
 *
 * <p>{@link io.percolate.conditioning.tokenizer.ClipTokenizer} turns a prompt into {@link io.percolate.conditioning.tokenizer.Tokens} and {@link
 * io.percolate.conditioning.encoder.ClipTextEncoder} turns those into {@link io.percolate.conditioning.encoder.TextStates}; the two of a
 * model are a {@link io.percolate.conditioning.prompts.TextTower}. Which of the states a U-Net attends to differs between
 * families of models: that is {@link io.percolate.conditioning.prompts.TextConditioner}, with one implementation for each. {@link
 * io.percolate.conditioning.guidance.ClassifierFreeGuidance} then wraps the network and its conditions into a plain {@link
 * io.percolate.diffusion.process.Denoiser}:
 *
 * <pre>{@code
 * GuidedConditions conditions = text.encode(List.of("a red apple"), List.of("blurry"), TextOptions.of(512, 512));
 * Denoiser guided = ClassifierFreeGuidance.of(network, conditions, Guidance.of(7.5));
 * }</pre>
 *
 * <p>For training, {@link io.percolate.conditioning.prompts.CaptionDropout} leaves captions out so that the unconditional
 * prediction is learned along, and {@link io.percolate.conditioning.tokenizer.VocabularyTrainer} learns a vocabulary of its own
 * for a new model.
 *
 * <p>Shapes: B prompts, N chunks of prompts, L tokens, D width of the states, P width of the projection.
 */
package io.percolate.conditioning;
