package io.percolate.pipeline.generation;

import io.percolate.conditioning.guidance.Guidance;
import io.percolate.conditioning.prompts.PromptSyntax;
import io.percolate.diffusion.samplers.published.SamplerKind;
import io.percolate.diffusion.steps.SigmaSpacing;
import io.percolate.diffusion.steps.TimestepSpacing;
import io.percolate.pipeline.Pipeline;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Pipeline#generate} is asked for: {@code count} images of each prompt. What is left empty is the
 * model's own choice. Made by {@link #of} and the methods of its {@link Builder}:
 *
 * <pre>{@code
 * GenerationRequest request = GenerationRequest.of("a red apple").steps(30).seed(7).build();
 * }</pre>
 *
 * @param prompts what to draw, or the numbers of classes for models that know classes; none for models without either
 * @param negativePrompts what to lead away from: one for all prompts, one for each, or none
 * @param reading how prompts are read
 * @param size of the images
 * @param sampling how to get there
 * @param seeds one for each image; or one for the first, and image i has {@code seed + i}
 * @param count images per prompt
 * @param batchLimit how many images are in memory at once; makes no difference to the images
 * @param start what to start from instead of noise alone
 */
public record GenerationRequest(
        List<String> prompts,
        List<String> negativePrompts,
        Reading reading,
        Optional<Size> size,
        Sampling sampling,
        List<Long> seeds,
        int count,
        int batchLimit,
        Optional<Start> start) {

    public GenerationRequest {
        prompts = List.copyOf(prompts);
        negativePrompts = List.copyOf(negativePrompts);
        seeds = List.copyOf(seeds);
        if (count < 1 || batchLimit < 1) {
            throw new IllegalArgumentException(count + " images, " + batchLimit + " at once: ask for 1 or more");
        }
        int images = Math.max(1, prompts.size()) * count;
        if (seeds.size() != 1 && seeds.size() != images) {
            throw new IllegalArgumentException(
                    seeds.size() + " seeds for " + images + " images: give one for each, or the first");
        }
    }

    /** Width and height in pixels. */
    public record Size(int width, int height) {

        public Size {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("an image of " + width + "x" + height + ": both must be positive");
            }
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /**
     * How prompts are read.
     *
     * @param syntax what brackets mean, and what becomes of prompts that are too long
     * @param clipSkip how many of the text encoder's last layers to leave out
     */
    public record Reading(PromptSyntax syntax, int clipSkip) {

        /** As diffusers reads them: brackets are text, and every layer counts. */
        public static final Reading PLAIN = new Reading(PromptSyntax.PLAIN, 0);

        public Reading {
            Objects.requireNonNull(syntax, "syntax");
            if (clipSkip < 0) {
                throw new IllegalArgumentException("clip skip " + clipSkip + " must be 0 or more");
            }
        }
    }

    /** One image for each of {@code prompts}. */
    public static Builder of(String... prompts) {
        Arrays.stream(prompts).forEach(prompt -> Objects.requireNonNull(prompt, "prompt"));
        return new Builder(List.of(prompts));
    }

    /** Collects the parts of a request. */
    public static final class Builder {

        private final List<String> prompts;
        private List<String> negativePrompts = List.of();
        private Reading reading = Reading.PLAIN;
        private Size size;
        private Sampling sampling = Sampling.DEFAULT;
        private List<Long> seeds = List.of(0L);
        private int count = 1;
        private int batchLimit = 8;
        private Start start;

        private Builder(List<String> prompts) {
            this.prompts = prompts;
        }

        /** For all prompts; null for none. */
        public Builder negativePrompt(String text) {
            return negativePrompts(text == null ? List.of() : List.of(text));
        }

        public Builder negativePrompts(List<String> texts) {
            negativePrompts = Objects.requireNonNull(texts, "negativePrompts");
            return this;
        }

        public Builder syntax(PromptSyntax syntax) {
            reading = new Reading(syntax, reading.clipSkip());
            return this;
        }

        public Builder clipSkip(int layers) {
            reading = new Reading(reading.syntax(), layers);
            return this;
        }

        public Builder size(int width, int height) {
            size = new Size(width, height);
            return this;
        }

        public Builder steps(int value) {
            sampling = sampling.withSteps(value);
            return this;
        }

        public Builder guidanceScale(double value) {
            sampling = sampling.withGuidanceScale(value);
            return this;
        }

        public Builder guidanceRescale(double phi) {
            sampling = sampling.withGuidanceRescale(phi);
            return this;
        }

        public Builder guidanceInterval(double lowestTimestep, double highestTimestep) {
            sampling = sampling.withGuidanceInterval(new Guidance.Interval(lowestTimestep, highestTimestep));
            return this;
        }

        public Builder sampler(SamplerKind kind) {
            sampling = sampling.withSampler(kind);
            return this;
        }

        /** Noise that the sampler DDIM adds, from 0 to 1. */
        public Builder eta(double value) {
            sampling = sampling.withEta(value);
            return this;
        }

        public Builder spacing(TimestepSpacing value) {
            sampling = sampling.withSpacing(value);
            return this;
        }

        public Builder sigmas(SigmaSpacing value) {
            sampling = sampling.withSigmas(value);
            return this;
        }

        public Builder seed(long first) {
            return seeds(first);
        }

        public Builder seeds(long... values) {
            seeds = Arrays.stream(values).boxed().toList();
            return this;
        }

        public Builder count(int value) {
            count = value;
            return this;
        }

        public Builder batchLimit(int images) {
            batchLimit = images;
            return this;
        }

        public Builder start(Start value) {
            start = value;
            return this;
        }

        public GenerationRequest build() {
            return new GenerationRequest(
                    prompts,
                    negativePrompts,
                    reading,
                    Optional.ofNullable(size),
                    sampling,
                    seeds,
                    count,
                    batchLimit,
                    Optional.ofNullable(start));
        }
    }
}
