package io.percolate.conditioning.prompts;

import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.weights.layout.ModelPart;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes prompts for a U-Net, the way a family of models does it.
 *
 * <p>Results are float32 and belong to the scope around. Gradients flow into the text encoders if the thread
 * records them. Thread-safe; closing it frees tokenizers and text encoders.
 */
public sealed interface TextConditioner extends AutoCloseable permits StableDiffusionText, StableDiffusionXlText {

    /** Tokenizer and encoder, in the order of the model folder's names; two in most of Stable Diffusion XL. */
    List<TextTower> towers();

    /** What a model folder calls the last of them. */
    ModelPart lastPart();

    /** Encodes {@code prompts}, a row each; prompts of fewer chunks than others get empty ones. */
    DenoiserInputs encode(List<String> prompts, TextOptions options);

    /** Whether zeros stand for an absent negative prompt, and not the empty prompt. */
    boolean zerosForAbsentNegative();

    /**
     * Encodes {@code prompts} and their negative or empty prompts. Plain prompts are encoded one by one, so that what
     * becomes of one does not depend on the others: matrix products of more rows round differently. Weighted ones are
     * as long as the longest of them.
     *
     * @param negatives a negative prompt for each prompt, or one for all, or none
     */
    default PromptEmbeddings encode(List<String> prompts, List<String> negatives, TextOptions options) {
        List<String> others = forEach(prompts, negatives);
        if (prompts.isEmpty() || options.syntax() == PromptSyntax.WEIGHTED) {
            return encodeTogether(prompts, others, options);
        }
        return PromptEmbeddings.joined(IntStream.range(0, prompts.size())
                .mapToObj(i -> encodeTogether(
                        prompts.subList(i, i + 1), others.isEmpty() ? others : others.subList(i, i + 1), options))
                .toList());
    }

    private PromptEmbeddings encodeTogether(List<String> prompts, List<String> negatives, TextOptions options) {
        if (negatives.isEmpty() && zerosForAbsentNegative()) {
            DenoiserInputs conditional = encode(prompts, options);
            return new PromptEmbeddings(conditional.withoutText(), conditional);
        }
        List<String> all = new ArrayList<>(negatives.isEmpty() ? Collections.nCopies(prompts.size(), "") : negatives);
        all.addAll(prompts);
        try (DenoiserInputs both = encode(all, options)) {
            return new PromptEmbeddings(both.rows(0, prompts.size()), both.rows(prompts.size(), all.size()));
        }
    }

    @Override
    default void close() {
        towers().forEach(TextTower::close);
    }

    private static List<String> forEach(List<String> prompts, List<String> negatives) {
        if (negatives.size() > 1 && negatives.size() != prompts.size()) {
            throw new IllegalArgumentException(negatives.size() + " negative prompts for " + prompts.size()
                    + " prompts: give one for each, or one for all");
        }
        return negatives.size() == 1 ? Collections.nCopies(prompts.size(), negatives.get(0)) : negatives;
    }
}
