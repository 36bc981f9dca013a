package io.percolate.diffusion.unet;

import io.percolate.nn.layers.Downsample;
import io.percolate.nn.layers.ResnetBlock.TimeUse;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The shape of a U-Net.
 *
 * @param family which of the published classes it is
 * @param sampleSize height and width it was made for; it takes others, too
 * @param inChannels channels of what it denoises
 * @param outChannels channels of what it predicts
 * @param levels its resolutions, each half of the one before, from the finest
 * @param middle what stands at the coarsest
 * @param blocks how its residual blocks are built
 * @param transformers how its transformers are built
 * @param time how the timestep is embedded
 * @param classes how class labels are embedded
 * @param pooledText how a pooled text state and size numbers are embedded, if they are
 * @param centerInput whether pixels in [0,1] are expected and mapped to [-1,1]
 */
public record UNetConfig(
        Family family,
        OptionalInt sampleSize,
        int inChannels,
        int outChannels,
        List<Level> levels,
        MidBlockType middle,
        Blocks blocks,
        Transformers transformers,
        Time time,
        ClassLabels classes,
        Optional<PooledText> pooledText,
        boolean centerInput) {

    public UNetConfig {
        levels = List.copyOf(levels);
        if (levels.isEmpty() || inChannels < 1 || outChannels < 1) {
            throw new IllegalArgumentException("a U-Net of " + levels.size() + " levels from " + inChannels + " to "
                    + outChannels + " channels: all must be positive");
        }
        levels.forEach(blocks::requireDivisible);
        if (family == Family.PIXELS) {
            requireEqualHeads(levels);
        }
    }

    private static void requireEqualHeads(List<Level> levels) {
        List<Level> attended = levels.stream()
                .filter(level -> level.attention() != BlockAttention.NONE && level.headCount() > 1)
                .toList();
        if (attended.stream().map(Level::headDim).distinct().count() > 1) {
            throw new IllegalArgumentException("heads of "
                    + attended.stream().map(Level::headDim).toList()
                    + " channels: a pixel-space U-Net has one width for all");
        }
    }

    /** The published class a config belongs to. */
    public enum Family {
        /** Conditioned on a context, usually text: latent diffusion. */
        CONTEXT("UNet2DConditionModel"),
        /** Conditioned on nothing but perhaps a class: the original pixel-space DDPM. */
        PIXELS("UNet2DModel");

        private final String className;

        Family(String className) {
            this.className = className;
        }

        /** Its name in {@code config.json}. */
        public String className() {
            return className;
        }
    }

    /**
     * Residual blocks.
     *
     * @param normGroups groups of every group normalisation
     * @param normEps added to the variance in those outside transformers
     * @param downsamplePadding how the strided convolutions between levels pad
     * @param timeUse what the time embedding does
     * @param dropout probability of dropping an element before the second convolution while training
     */
    public record Blocks(
            int normGroups, double normEps, Downsample.Padding downsamplePadding, TimeUse timeUse, double dropout) {

        void requireDivisible(Level level) {
            if (level.channels() % normGroups != 0) {
                throw new IllegalArgumentException("a level of " + level.channels()
                        + " channels cannot be normalised in " + normGroups + " groups");
            }
        }

        /** A time embedding that shifts, and no dropout. */
        public Blocks(int normGroups, double normEps, Downsample.Padding downsamplePadding) {
            this(normGroups, normEps, downsamplePadding, TimeUse.SHIFT, 0);
        }
    }

    /**
     * Transformers.
     *
     * @param contextWidth width of the context's tokens
     * @param linearProjection whether the projections around the blocks are linear layers or 1x1 convolutions
     * @param upcastAttention whether attention must sum in float32 in any precision; here it always does
     */
    public record Transformers(int contextWidth, boolean linearProjection, boolean upcastAttention) {

        /** For a network without transformers. */
        public static final Transformers NONE = new Transformers(0, false, false);
    }

    /**
     * The timestep's sinusoids and what follows them.
     *
     * @param cosineFirst whether the cosines stand before the sines
     * @param frequencyShift 1 if the last frequency is exactly 1/10000, 0 if it stops one step before
     * @param width width of the embedding; four times the first level if absent
     * @param guidanceWidth width of the guidance embedding of latent consistency models
     */
    public record Time(boolean cosineFirst, int frequencyShift, OptionalInt width, OptionalInt guidanceWidth) {}

    /**
     * SDXL's extra condition: a pooled text state beside sinusoids of the size numbers.
     *
     * @param numberWidth sinusoids per number
     * @param inputWidth width of pooled state and all sinusoids together
     */
    public record PooledText(int numberWidth, int inputWidth) {}

    /** Stable Diffusion 1: 860 million parameters over 4x64x64 latents. */
    public static UNetConfig stableDiffusion1() {
        return UNetPresets.stableDiffusion1();
    }

    /** Stable Diffusion 2: 866 million parameters over 4x96x96 latents. */
    public static UNetConfig stableDiffusion2() {
        return UNetPresets.stableDiffusion2();
    }

    /** Stable Diffusion XL: 2.6 billion parameters over 4x128x128 latents. */
    public static UNetConfig stableDiffusionXl() {
        return UNetPresets.stableDiffusionXl();
    }

    /** The DDPM of Ho et al. 2020 for CIFAR-10: 35.7 million parameters over 3x32x32 pixels. */
    public static UNetConfig ddpmCifar10() {
        return UNetPresets.ddpmCifar10();
    }

    /** A latent denoiser that trains on a processor: widths 96, 192 and 288, transformers on the two coarser levels. */
    public static UNetConfig small(int latentChannels, int sampleSize, int contextWidth) {
        return UNetPresets.small(latentChannels, sampleSize, contextWidth);
    }

    /** This shape with other channels in and out. */
    public UNetConfig withChannels(int in, int out) {
        return new UNetConfig(
                family,
                sampleSize,
                in,
                out,
                levels,
                middle,
                blocks,
                transformers,
                time,
                classes,
                pooledText,
                centerInput);
    }

    /** This shape for samples of another size. */
    public UNetConfig withSampleSize(int size) {
        return new UNetConfig(
                family,
                OptionalInt.of(size),
                inChannels,
                outChannels,
                levels,
                middle,
                blocks,
                transformers,
                time,
                classes,
                pooledText,
                centerInput);
    }

    /** This shape with a pooled text state and size numbers added to the time embedding. */
    public UNetConfig withPooledText(PooledText text) {
        return new UNetConfig(
                family,
                sampleSize,
                inChannels,
                outChannels,
                levels,
                middle,
                blocks,
                transformers,
                time,
                classes,
                Optional.of(text),
                centerInput);
    }

    /**
     * This shape without its {@code count} finest levels, for samples that are smaller by as many halvings; the time is
     * embedded as before.
     */
    public UNetConfig withoutFinest(int count) {
        if (count < 0 || count >= levels.size()) {
            throw new IllegalArgumentException(
                    "a U-Net of " + levels.size() + " levels cannot do without " + count + " of them: give it more");
        }
        return new UNetConfig(
                family,
                sampleSize,
                inChannels,
                outChannels,
                levels.subList(count, levels.size()),
                middle,
                blocks,
                transformers,
                new Time(time.cosineFirst, time.frequencyShift, OptionalInt.of(timeWidth()), time.guidanceWidth),
                classes,
                pooledText,
                centerInput);
    }

    /** This shape told nothing of a text: where it attended to the context, it attends to itself alone. */
    public UNetConfig withoutText() {
        return new UNetConfig(
                Family.PIXELS,
                sampleSize,
                inChannels,
                outChannels,
                levels.stream().map(Level::withoutContext).toList(),
                middle == MidBlockType.CONTEXT ? MidBlockType.PIXELS : middle,
                blocks,
                Transformers.NONE,
                time,
                classes,
                Optional.empty(),
                centerInput);
    }

    /** E, the width of the time embedding. */
    public int timeWidth() {
        return time.width().orElse(4 * levels.get(0).channels());
    }

    /** Whether some layer attends to the context. */
    public boolean takesContext() {
        return middle.attention() == BlockAttention.CONTEXT
                || levels.stream().anyMatch(level -> level.attention() == BlockAttention.CONTEXT);
    }
}
