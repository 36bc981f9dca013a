package io.percolate.pipeline;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.samplers.SamplerKind;
import io.percolate.diffusion.samplers.SigmaSpacing;
import io.percolate.diffusion.samplers.TimestepSpacing;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What {@link Pipeline#generate} is asked for: {@code count} pictures of each prompt. What is left empty is the
 * model's own choice. Made by {@link #of} and the methods of its {@link Builder}:
 *
 * <pre>{@code
 * GenerationRequest request = GenerationRequest.of("a red apple").steps(30).seed(7).build();
 * }</pre>
 *
 * @param prompts what to draw; none for models without text
 * @param negativePrompt what to lead away from
 * @param size of the pictures
 * @param sampling how to get there
 * @param seed of the first picture; picture i has {@code seed + i}, whatever the size of the batch
 * @param count pictures per prompt
 * @param start what to start from instead of noise alone
 */
public record GenerationRequest(
        List<String> prompts,
        Optional<String> negativePrompt,
        Optional<Size> size,
        Sampling sampling,
        long seed,
        int count,
        Optional<Start> start) {

    public GenerationRequest {
        prompts = List.copyOf(prompts);
        if (count < 1) {
            throw new IllegalArgumentException(count + " pictures: ask for 1 or more");
        }
    }

    /** Width and height in pixels. */
    public record Size(int width, int height) {

        public Size {
            if (width < 1 || height < 1) {
                throw new IllegalArgumentException("a picture of " + width + "x" + height + ": both must be positive");
            }
        }

        @Override
        public String toString() {
            return width + "x" + height;
        }
    }

    /**
     * How noise becomes a picture.
     *
     * @param steps inference steps
     * @param guidanceScale 1 follows the prompt as it is, more exaggerates it
     * @param sampler which sampler
     * @param spacing where its timesteps are
     * @param sigmas how its noise levels are placed
     */
    public record Sampling(
            OptionalInt steps,
            OptionalDouble guidanceScale,
            Optional<SamplerKind> sampler,
            Optional<TimestepSpacing> spacing,
            Optional<SigmaSpacing> sigmas) {

        /** The model's own choice in everything. */
        public static final Sampling DEFAULT = new Sampling(
                OptionalInt.empty(), OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What a generation starts from. */
    public sealed interface Start {

        /** A picture, changed by {@code strength} between 0, not at all, and 1, altogether (Meng et al. 2022). */
        record Picture(BufferedImage image, double strength) implements Start {

            public Picture {
                if (!(strength > 0 && strength <= 1)) {
                    throw new IllegalArgumentException("strength " + strength + " is not above 0 and at most 1");
                }
            }
        }

        /** Noise of unit variance (B,C,h,w), a row for each picture; it stays the caller's. */
        record Noise(NDArray latents) implements Start {}
    }

    /** One picture for each of {@code prompts}. */
    public static Builder of(String... prompts) {
        return new Builder(List.of(prompts));
    }

    /** Collects the parts of a request. */
    public static final class Builder {

        private final List<String> prompts;
        private String negativePrompt;
        private Size size;
        private OptionalInt steps = OptionalInt.empty();
        private OptionalDouble guidanceScale = OptionalDouble.empty();
        private SamplerKind sampler;
        private TimestepSpacing spacing;
        private SigmaSpacing sigmas;
        private long seed;
        private int count = 1;
        private Start start;

        private Builder(List<String> prompts) {
            this.prompts = prompts;
        }

        public Builder negativePrompt(String text) {
            negativePrompt = text;
            return this;
        }

        public Builder size(int width, int height) {
            size = new Size(width, height);
            return this;
        }

        public Builder steps(int value) {
            if (value < 1) {
                throw new IllegalArgumentException(value + " steps: ask for 1 or more");
            }
            steps = OptionalInt.of(value);
            return this;
        }

        public Builder guidanceScale(double value) {
            guidanceScale = OptionalDouble.of(value);
            return this;
        }

        public Builder sampler(SamplerKind kind) {
            sampler = kind;
            return this;
        }

        public Builder spacing(TimestepSpacing value) {
            spacing = value;
            return this;
        }

        public Builder sigmas(SigmaSpacing value) {
            sigmas = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder count(int value) {
            count = value;
            return this;
        }

        public Builder start(Start value) {
            start = value;
            return this;
        }

        public GenerationRequest build() {
            return new GenerationRequest(
                    prompts,
                    Optional.ofNullable(negativePrompt),
                    Optional.ofNullable(size),
                    new Sampling(
                            steps,
                            guidanceScale,
                            Optional.ofNullable(sampler),
                            Optional.ofNullable(spacing),
                            Optional.ofNullable(sigmas)),
                    seed,
                    count,
                    Optional.ofNullable(start));
        }
    }
}
