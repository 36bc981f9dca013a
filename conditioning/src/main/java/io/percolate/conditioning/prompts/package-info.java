/**
 * Prompts to what a U-Net takes.
 *
 * <p>{@link io.percolate.conditioning.prompts.PromptSyntax} reads a prompt in chunks; a {@link
 * io.percolate.conditioning.prompts.TextTower} is the tokenizer and the text encoder that read them. Which states a
 * U-Net attends to differs between families of models: that is {@link
 * io.percolate.conditioning.prompts.TextConditioner}, with one implementation for each. The results are {@link
 * io.percolate.conditioning.prompts.PromptEmbeddings}. In training, {@link
 * io.percolate.conditioning.prompts.CaptionDropout} leaves captions out, so that the unconditional prediction is learned
 * along.
 */
@NullMarked
package io.percolate.conditioning.prompts;

import org.jspecify.annotations.NullMarked;
