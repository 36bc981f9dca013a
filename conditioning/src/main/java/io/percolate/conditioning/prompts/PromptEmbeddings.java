package io.percolate.conditioning.prompts;

import io.percolate.diffusion.unet.DenoiserInputs;
import java.util.List;

/**
 * Encoded prompts as classifier-free guidance takes them, a row for each image.
 *
 * @param unconditional the negative or empty prompts
 * @param conditional the prompts
 */
public record PromptEmbeddings(DenoiserInputs unconditional, DenoiserInputs conditional) implements AutoCloseable {

    /** The rows of all {@code parts}, at least one of them, which are freed. */
    static PromptEmbeddings joined(List<PromptEmbeddings> parts) {
        int half = parts.size() / 2;
        if (half == 0) {
            return parts.get(0);
        }
        try (PromptEmbeddings first = joined(parts.subList(0, half));
                PromptEmbeddings others = joined(parts.subList(half, parts.size()))) {
            return new PromptEmbeddings(
                    first.unconditional.concat(others.unconditional), first.conditional.concat(others.conditional));
        }
    }

    /** The rows from {@code first} up to, but not including, {@code end}. */
    public PromptEmbeddings rows(long first, long end) {
        return new PromptEmbeddings(unconditional.rows(first, end), conditional.rows(first, end));
    }

    /** Frees the arrays. */
    @Override
    public void close() {
        unconditional.close();
        conditional.close();
    }

    /** Every row {@code times} times, copies side by side: several images for each prompt. */
    public PromptEmbeddings repeat(int times) {
        return new PromptEmbeddings(unconditional.repeat(times), conditional.repeat(times));
    }
}
