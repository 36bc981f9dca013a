package io.percolate.pipeline.generation;

import io.percolate.conditioning.prompts.PromptSyntax;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What images should show.
 *
 * @param texts the prompts, or the numbers of classes for class-conditional models; none for models without either
 * @param negatives what images should not show: one text for all prompts, one for each, or none
 * @param syntax what brackets mean, and what becomes of prompts that are too long
 * @param clipSkip how many of the text encoder's last layers to leave out
 */
public record Prompts(List<String> texts, List<String> negatives, PromptSyntax syntax, int clipSkip) {

    public Prompts {
        texts = List.copyOf(texts);
        negatives = List.copyOf(negatives);
        Objects.requireNonNull(syntax, "syntax");
        if (clipSkip < 0) {
            throw new IllegalArgumentException("clip skip " + clipSkip + " must be 0 or more");
        }
    }

    /** Prompts read as diffusers reads them: brackets are text, and every layer counts. */
    static Prompts of(List<String> texts) {
        return new Prompts(texts, List.of(), PromptSyntax.PLAIN, 0);
    }

    /** Prompts that are asked for, at least one: a model without prompts makes images all the same. */
    int count() {
        return Math.max(1, texts.size());
    }

    /** The text of prompt number {@code i}; empty if there is none. */
    String text(int i) {
        return texts.isEmpty() ? "" : texts.get(i);
    }

    /** The negative prompt of prompt number {@code i}; empty if there is none. */
    String negative(int i) {
        if (negatives.isEmpty()) {
            return "";
        }
        return negatives.get(negatives.size() == 1 ? 0 : i);
    }

    /** Whether one batch can take these and {@code others}: weighted prompts would make each other longer. */
    boolean joins(Prompts others) {
        return syntax == PromptSyntax.PLAIN
                && !texts.isEmpty()
                && !others.texts.isEmpty()
                && syntax == others.syntax
                && clipSkip == others.clipSkip
                && negatives.isEmpty() == others.negatives.isEmpty();
    }

    /** These, and after them {@code others}. */
    Prompts and(Prompts others) {
        return new Prompts(
                concat(texts, others.texts), concat(eachNegative(), others.eachNegative()), syntax, clipSkip);
    }

    private List<String> eachNegative() {
        return negatives.size() == 1 ? Collections.nCopies(count(), negatives.get(0)) : negatives;
    }

    private static List<String> concat(List<String> first, List<String> others) {
        return Stream.concat(first.stream(), others.stream()).toList();
    }

    Prompts withNegatives(List<String> other) {
        return new Prompts(texts, other, syntax, clipSkip);
    }

    Prompts withSyntax(PromptSyntax other) {
        return new Prompts(texts, negatives, other, clipSkip);
    }

    Prompts withClipSkip(int layers) {
        return new Prompts(texts, negatives, syntax, layers);
    }
}
