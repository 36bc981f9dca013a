package io.percolate.diffusion.unet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The shape of a U-Net.
 *
 * @param sample what it takes and predicts
 * @param levels its resolutions, each half of the one before, from the finest
 * @param midBlock what stands at the coarsest
 * @param resnets how its residual blocks are built
 * @param transformers how its transformers are built
 * @param embedding how the timestep is embedded, and what is added to it
 */
public record UNetConfig(
        SampleConfig sample,
        List<Level> levels,
        MidBlockType midBlock,
        ResnetConfig resnets,
        TransformerConfig transformers,
        EmbeddingConfig embedding) {

    public UNetConfig {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("a U-Net without levels: it needs at least one");
        }
        levels.forEach(resnets::requireDivisible);
        if (transformers.equals(TransformerConfig.NONE)) {
            requireEqualHeads(levels);
        }
    }

    private static void requireEqualHeads(List<Level> levels) {
        List<Integer> headDims = levels.stream()
                .filter(level -> level.attention() != BlockAttention.NONE && level.headCount() > 1)
                .map(Level::headDim)
                .toList();
        if (headDims.stream().distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "heads of " + headDims + " channels: a pixel-space U-Net has one width for all");
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
        return with(sample.withChannels(in, out));
    }

    /** This shape for samples of another size. */
    public UNetConfig withSampleSize(int size) {
        return with(sample.withSize(size));
    }

    /** This shape with a pooled text state and size numbers added to the time embedding. */
    public UNetConfig withPooledText(EmbeddingConfig.PooledText text) {
        return new UNetConfig(sample, levels, midBlock, resnets, transformers, embedding.withPooledText(text));
    }

    /** This shape with an embedding of the guidance scale, {@code width} wide, added to that of the time. */
    public UNetConfig withGuidanceWidth(int width) {
        return new UNetConfig(sample, levels, midBlock, resnets, transformers, embedding.withGuidanceWidth(width));
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
        List<Level> coarser = levels.subList(count, levels.size());
        return new UNetConfig(sample, coarser, midBlock, resnets, transformers, embedding.withTimeWidth(timeWidth()));
    }

    /**
     * This shape with levels of these {@code widths}, the finest first, before its own: for samples that are larger by as
     * many doublings. They have as many residual blocks as its finest, and no attention; the time is embedded as before.
     */
    public UNetConfig withFiner(List<Integer> widths) {
        if (widths.isEmpty()) {
            return this;
        }
        int layers = levels.get(0).layers();
        List<Level> finer = Stream.concat(widths.stream().map(width -> Level.plain(width, layers)), levels.stream())
                .toList();
        return new UNetConfig(sample, finer, midBlock, resnets, transformers, embedding.withTimeWidth(timeWidth()));
    }

    /** This shape without text: where it attended to the context, it attends among its own pixels alone. */
    public UNetConfig withoutText() {
        return new UNetConfig(
                sample,
                levels.stream().map(Level::withoutContext).toList(),
                midBlock.withoutContext(),
                resnets,
                TransformerConfig.NONE,
                embedding.withoutPooledText());
    }

    private UNetConfig with(SampleConfig other) {
        return new UNetConfig(other, levels, midBlock, resnets, transformers, embedding);
    }

    /** The published class that it belongs to: the one with transformers or the other. */
    public Family family() {
        return transformers.equals(TransformerConfig.NONE) ? Family.PIXELS : Family.CONTEXT;
    }

    /** Height and width it was made for; it takes others, too. */
    public OptionalInt sampleSize() {
        return sample.size();
    }

    /** Channels of what it denoises. */
    public int inChannels() {
        return sample.inChannels();
    }

    /** Channels of what it predicts. */
    public int outChannels() {
        return sample.outChannels();
    }

    /** How class labels are embedded. */
    public ClassLabels classes() {
        return embedding.classes();
    }

    /** How a pooled text state and size numbers are embedded, if they are. */
    public Optional<EmbeddingConfig.PooledText> pooledText() {
        return embedding.pooledText();
    }

    /** E, the width of the time embedding. */
    public int timeWidth() {
        return embedding.time().width().orElse(4 * levels.get(0).channels());
    }

    /** Whether some layer attends to the context. */
    public boolean takesContext() {
        return midBlock.attention() == BlockAttention.CONTEXT
                || levels.stream().anyMatch(level -> level.attention() == BlockAttention.CONTEXT);
    }
}
