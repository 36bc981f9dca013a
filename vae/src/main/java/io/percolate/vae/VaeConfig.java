package io.percolate.vae;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * The shape of an {@link AutoencoderKl}: the options of diffusers' {@code AutoencoderKL}.
 *
 * @param channels of images and latents
 * @param blocks of encoder and decoder
 * @param latentConvs the 1x1 convolutions on both sides of the latents
 * @param sampleSize side of the images trained on, in pixels; the tile size of tiled coding
 * @param latentScale how latents are brought to unit variance
 * @param forceUpcast whether float16 overflows in it, so that a float16 pipeline computes it in float32
 */
public record VaeConfig(
        Channels channels,
        Blocks blocks,
        LatentConvs latentConvs,
        int sampleSize,
        LatentScale latentScale,
        boolean forceUpcast) {

    public VaeConfig {
        requirePositive("sample_size", sampleSize);
        latentScale.requireChannels(channels.latent);
    }

    /**
     * Numbers of channels.
     *
     * @param in of the images encoded
     * @param out of the images decoded
     * @param latent E, of the latents
     */
    public record Channels(int in, int out, int latent) {

        public Channels {
            requirePositive("in_channels", in);
            requirePositive("out_channels", out);
            requirePositive("latent_channels", latent);
        }
    }

    /**
     * What each level is built of.
     *
     * @param widths of the levels, finest first; each level after the first halves the image
     * @param perLevel residual blocks per level of the encoder; the decoder has one more
     * @param normGroups groups of every group normalisation
     * @param midAttention whether the coarsest level has self-attention
     * @param resizing between the levels
     */
    public record Blocks(List<Integer> widths, int perLevel, int normGroups, boolean midAttention, Resizing resizing) {

        public Blocks {
            widths = List.copyOf(widths);
            requirePositive("layers_per_block", perLevel);
            requirePositive("norm_num_groups", normGroups);
            if (widths.isEmpty() || widths.size() > 16) {
                throw new IllegalArgumentException("block_out_channels " + widths + ": give 1 to 16 widths");
            }
            for (int width : widths) {
                requirePositive("block_out_channels", width);
                requireDivisible(width, normGroups);
            }
            for (int i = 1; i < widths.size(); i++) {
                resizing.require(widths.get(i - 1), widths.get(i));
            }
        }

        /** Levels as published. */
        public Blocks(List<Integer> widths, int perLevel, int normGroups, boolean midAttention) {
            this(widths, perLevel, normGroups, midAttention, Resizing.CONVOLUTION);
        }

        Blocks withFiner(List<Integer> finer) {
            return new Blocks(
                    Stream.concat(finer.stream(), widths.stream()).toList(),
                    perLevel,
                    normGroups,
                    midAttention,
                    resizing);
        }

        int levels() {
            return widths.size();
        }

        /** The width of level {@code i}, 0 being the finest. */
        int width(int i) {
            return widths.get(i);
        }

        /** Channels of what level {@code i} hands on to its neighbour {@code next}. */
        int widthAfter(int i, int next) {
            return resizing.widthAfter(width(i), width(next));
        }

        /** The width of the coarsest level. */
        int innerWidth() {
            return width(levels() - 1);
        }
    }

    /**
     * Which of the two 1x1 convolutions there are.
     *
     * @param quant the one after the encoder, {@code quant_conv}
     * @param postQuant the one before the decoder, {@code post_quant_conv}
     */
    public record LatentConvs(boolean quant, boolean postQuant) {

        /** As in every Stable Diffusion up to XL. */
        public static final LatentConvs BOTH = new LatentConvs(true, true);
    }

    /** An autoencoder for RGB images of these level widths, finest first, with everything else as published. */
    public static VaeConfig of(List<Integer> widths, int blocksPerLevel, int latentChannels, int normGroups) {
        return new VaeConfig(
                new Channels(3, 3, latentChannels),
                new Blocks(widths, blocksPerLevel, normGroups, true),
                LatentConvs.BOTH,
                512,
                LatentScale.STABLE_DIFFUSION,
                true);
    }

    /** The autoencoder of Stable Diffusion 1 and 2. */
    public static VaeConfig stableDiffusion() {
        return of(List.of(128, 256, 512, 512), 2, 4, 32);
    }

    /** The autoencoder of Stable Diffusion XL. */
    public static VaeConfig stableDiffusionXl() {
        return stableDiffusion().withSampleSize(1024).withLatentScale(LatentScale.of(0.13025));
    }

    /** This shape with another latent scale, as measured after training. */
    public VaeConfig withLatentScale(LatentScale scale) {
        return new VaeConfig(channels, blocks, latentConvs, sampleSize, scale, forceUpcast);
    }

    /** This shape for images of another size. */
    public VaeConfig withSampleSize(int size) {
        return new VaeConfig(channels, blocks, latentConvs, size, latentScale, forceUpcast);
    }

    /** This shape with levels of {@code widths} before its finest, finest first, each for images twice as large. */
    public VaeConfig withFiner(List<Integer> widths) {
        return new VaeConfig(
                channels, blocks.withFiner(widths), latentConvs, sampleSize << widths.size(), latentScale, forceUpcast);
    }

    VaeConfig withLatentConvs(LatentConvs convs) {
        return new VaeConfig(channels, blocks, convs, sampleSize, latentScale, forceUpcast);
    }

    /** Channels of the images encoded. */
    public int inChannels() {
        return channels.in;
    }

    /** E, channels of the latents. */
    public int latentChannels() {
        return channels.latent;
    }

    /** f: how many pixels a latent is wide. */
    public int downsamplingFactor() {
        return 1 << (blocks.levels() - 1);
    }

    /** What goes in and what comes out. */
    public CodecShape shape() {
        return new CodecShape(inChannels(), latentChannels(), downsamplingFactor());
    }

    /** The shape (B,E,h,w) of the latents of {@code batch} images of {@code height} x {@code width} pixels. */
    public Shape latentShape(long batch, long height, long width) {
        return shape().latents(batch, height, width);
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(option + " is " + value + " but must be at least 1");
        }
    }

    private static void requireDivisible(int width, int groups) {
        if (width % groups != 0) {
            throw new IllegalArgumentException("block_out_channels holds " + width + ", which norm_num_groups " + groups
                    + " does not divide: change one of them");
        }
    }
}
