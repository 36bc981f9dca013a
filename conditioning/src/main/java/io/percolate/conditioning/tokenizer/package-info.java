/**
 * Text to token ids, as CLIP does it.
 *
 * <p>{@link io.percolate.conditioning.tokenizer.ClipTokenizer} turns a prompt into {@link
 * io.percolate.conditioning.tokenizer.Tokens}, by a {@link io.percolate.conditioning.tokenizer.BytePairVocabulary} and
 * {@link io.percolate.conditioning.tokenizer.SpecialTokens}. {@link
 * io.percolate.conditioning.tokenizer.VocabularyTrainer} learns a vocabulary for a new model.
 */
@NullMarked
package io.percolate.conditioning.tokenizer;

import org.jspecify.annotations.NullMarked;
