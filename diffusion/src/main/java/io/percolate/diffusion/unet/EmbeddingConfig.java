package io.percolate.diffusion.unet;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a U-Net embeds the timestep, and what it adds to that embedding.
 *
 * @param time how the timestep is embedded
 * @param classes how class labels are embedded
 * @param pooledText how a pooled text state and size numbers are embedded, if they are
 */
public record EmbeddingConfig(Time time, ClassLabels classes, Optional<PooledText> pooledText) {

    /**
     * The timestep's sinusoids and what follows them.
     *
     * @param cosineFirst whether the cosines stand before the sines
     * @param frequencyShift 1 if the last frequency is exactly 1/10000, 0 if it stops one step before
     * @param width width of the embedding; four times the first level if absent
     * @param guidanceWidth width of the guidance embedding of latent consistency models
     */
    public record Time(boolean cosineFirst, int frequencyShift, OptionalInt width, OptionalInt guidanceWidth) {

        Time withGuidanceWidth(int other) {
            return new Time(cosineFirst, frequencyShift, width, OptionalInt.of(other));
        }

        Time withWidth(int other) {
            return new Time(cosineFirst, frequencyShift, OptionalInt.of(other), guidanceWidth);
        }
    }

    /**
     * SDXL's added conditioning: a pooled text state beside sinusoids of the size numbers.
     *
     * @param numberWidth sinusoids per number
     * @param inputWidth width of pooled state and all sinusoids together
     */
    public record PooledText(int numberWidth, int inputWidth) {}

    /** The timestep alone. */
    static EmbeddingConfig timeOnly(boolean cosineFirst, int frequencyShift) {
        Time time = new Time(cosineFirst, frequencyShift, OptionalInt.empty(), OptionalInt.empty());
        return new EmbeddingConfig(time, new ClassLabels.None(), Optional.empty());
    }

    EmbeddingConfig withTimeWidth(int width) {
        return new EmbeddingConfig(time.withWidth(width), classes, pooledText);
    }

    EmbeddingConfig withGuidanceWidth(int width) {
        return new EmbeddingConfig(time.withGuidanceWidth(width), classes, pooledText);
    }

    EmbeddingConfig withPooledText(PooledText text) {
        return new EmbeddingConfig(time, classes, Optional.of(text));
    }

    EmbeddingConfig withoutPooledText() {
        return new EmbeddingConfig(time, classes, Optional.empty());
    }
}
