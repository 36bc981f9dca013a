package io.percolate.conditioning.prompts;

import io.percolate.diffusion.unet.DenoiserInputs;

/**
 * Encoded prompts as classifier-free guidance takes them, a row for each image.
 *
 * @param unconditional the negative or empty prompts
 * @param conditional the prompts
 */
public record PromptEmbeddings(DenoiserInputs unconditional, DenoiserInputs conditional) {

    /** The rows from {@code first} up to, but not including, {@code end}. */
    public PromptEmbeddings rows(long first, long end) {
        return new PromptEmbeddings(unconditional.rows(first, end), conditional.rows(first, end));
    }

    /** Every row {@code times} times, copies side by side: several images for each prompt. */
    public PromptEmbeddings repeat(int times) {
        return new PromptEmbeddings(unconditional.repeat(times), conditional.repeat(times));
    }
}
