package io.percolate.vae.tiny;

import io.percolate.vae.CodecShape;
import java.util.List;

/**
 * The shape of a {@link TinyAutoencoder}.
 *
 * @param channels of pixels and latents
 * @param width channels of every layer between
 * @param encoderBlocks blocks of each level of the encoder, finest first; the levels after the first halve height and width
 * @param decoderBlocks blocks of each level of the decoder, coarsest first
 * @param latentMagnitude latents are held within about so much on either side of 0
 */
public record TinyConfig(
        Channels channels,
        int width,
        List<Integer> encoderBlocks,
        List<Integer> decoderBlocks,
        double latentMagnitude) {

    /** What the published ones have, in place of what is not given. */
    public static final TinyConfig PUBLISHED =
            new TinyConfig(new Channels(3, 3, 4), 64, List.of(1, 3, 3, 3), List.of(3, 3, 3, 1), 3);

    public TinyConfig {
        encoderBlocks = List.copyOf(encoderBlocks);
        decoderBlocks = List.copyOf(decoderBlocks);
        if (width < 1 || !(latentMagnitude > 0)) {
            throw new IllegalArgumentException(
                    "width " + width + " and latent_magnitude " + latentMagnitude + ": both must be positive");
        }
        if (encoderBlocks.stream().anyMatch(count -> count < 0)
                || decoderBlocks.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "encoder blocks " + encoderBlocks + " and decoder blocks " + decoderBlocks + ": none below 0");
        }
        if (encoderBlocks.isEmpty() || encoderBlocks.size() != decoderBlocks.size()) {
            throw new IllegalArgumentException("encoder blocks " + encoderBlocks + " and decoder blocks "
                    + decoderBlocks + ": give both as many levels");
        }
    }

    /**
     * Channels of what goes in and comes out.
     *
     * @param in of the pixels that are encoded
     * @param out of the pixels that are decoded
     * @param latent of the latents
     */
    public record Channels(int in, int out, int latent) {

        public Channels {
            if (in < 1 || out < 1 || latent < 1) {
                throw new IllegalArgumentException("in_channels " + in + ", out_channels " + out + ", latent_channels "
                        + latent + ": each must be at least 1");
            }
        }
    }

    /** What goes in and what comes out. */
    public CodecShape shape() {
        return new CodecShape(channels.in, channels.latent, 1 << (encoderBlocks.size() - 1));
    }
}
