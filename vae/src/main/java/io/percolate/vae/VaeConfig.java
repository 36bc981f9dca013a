package io.percolate.vae;

import java.util.List;

/**
 * The shape of an {@link AutoencoderKl}: the options of diffusers' {@code AutoencoderKL}.
 *
 * @param inChannels channels of the images encoded
 * @param outChannels channels of the images decoded
 * @param blockOutChannels width of each level, finest first; each level after the first halves the image
 * @param layersPerBlock residual blocks per level of the encoder; the decoder has one more
 * @param latentChannels E, channels of the latents
 * @param normGroups groups of every group normalisation
 * @param sampleSize side of the images trained on, in pixels; the tile size of tiled coding
 * @param latentScale how latents are brought to unit variance
 * @param quantConv whether a 1x1 convolution follows the encoder
 * @param postQuantConv whether a 1x1 convolution precedes the decoder
 * @param midAttention whether the coarsest level has self-attention
 * @param forceUpcast whether float16 overflows in it, so that a float16 pipeline computes it in float32
 */
public record VaeConfig(
        int inChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        int layersPerBlock,
        int latentChannels,
        int normGroups,
        int sampleSize,
        LatentScale latentScale,
        boolean quantConv,
        boolean postQuantConv,
        boolean midAttention,
        boolean forceUpcast) {

    public VaeConfig {
        blockOutChannels = List.copyOf(blockOutChannels);
        requirePositive("in_channels", inChannels);
        requirePositive("out_channels", outChannels);
        requirePositive("layers_per_block", layersPerBlock);
        requirePositive("latent_channels", latentChannels);
        requirePositive("norm_num_groups", normGroups);
        requirePositive("sample_size", sampleSize);
        if (blockOutChannels.isEmpty() || blockOutChannels.size() > 16) {
            throw new IllegalArgumentException("block_out_channels " + blockOutChannels + ": give 1 to 16 widths");
        }
        for (int width : blockOutChannels) {
            requirePositive("block_out_channels", width);
            requireDivisible(width, normGroups);
        }
        latentScale.requireChannels(latentChannels);
    }

    /** An autoencoder for RGB images of these level widths, finest first, with everything else as published. */
    public static VaeConfig of(List<Integer> widths, int layersPerBlock, int latentChannels, int normGroups) {
        return new VaeConfig(
                3,
                3,
                widths,
                layersPerBlock,
                latentChannels,
                normGroups,
                512,
                LatentScale.STABLE_DIFFUSION,
                true,
                true,
                true,
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
        return new VaeConfig(
                inChannels,
                outChannels,
                blockOutChannels,
                layersPerBlock,
                latentChannels,
                normGroups,
                sampleSize,
                scale,
                quantConv,
                postQuantConv,
                midAttention,
                forceUpcast);
    }

    /** This shape for images of another size. */
    public VaeConfig withSampleSize(int size) {
        return new VaeConfig(
                inChannels,
                outChannels,
                blockOutChannels,
                layersPerBlock,
                latentChannels,
                normGroups,
                size,
                latentScale,
                quantConv,
                postQuantConv,
                midAttention,
                forceUpcast);
    }

    /** f: how many pixels a latent is wide. */
    public int downsamplingFactor() {
        return 1 << (blockOutChannels.size() - 1);
    }

    int levels() {
        return blockOutChannels.size();
    }

    /** The width of level {@code i}, 0 being the finest. */
    int width(int i) {
        return blockOutChannels.get(i);
    }

    /** The width of the coarsest level. */
    int innerWidth() {
        return width(levels() - 1);
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
