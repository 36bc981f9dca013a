package io.percolate.vae;

import ai.djl.ndarray.types.Shape;

/**
 * What goes into an autoencoder and what comes out.
 *
 * @param pixelChannels of the images encoded
 * @param latentChannels E, of the latents
 * @param factor f: how many pixels a latent is wide
 */
public record CodecShape(int pixelChannels, int latentChannels, int factor) {

    /** The shape (B,E,h,w) of the latents of {@code batch} images of {@code height} x {@code width} pixels. */
    public Shape latents(long batch, long height, long width) {
        return new Shape(batch, latentChannels, height / factor, width / factor);
    }

    /** Fails unless {@code pixels} is (B,C,H,W) and the factor divides height and width. */
    public void requirePixels(Shape pixels) {
        requireChannels("pixels", pixels, pixelChannels);
        if (pixels.get(2) % factor != 0 || pixels.get(3) % factor != 0) {
            throw new IllegalArgumentException("pixels " + pixels + " but this autoencoder divides height and width by "
                    + factor + ": crop or pad them to multiples of " + factor);
        }
    }

    /** Fails unless {@code latents} is (B,E,h,w). */
    public void requireLatents(Shape latents) {
        requireChannels("latents", latents, latentChannels);
    }

    private static void requireChannels(String what, Shape shape, int channels) {
        if (shape.dimension() != 4 || shape.get(1) != channels) {
            throw new IllegalArgumentException(
                    what + " " + shape + " but this autoencoder expects (B," + channels + ",height,width)");
        }
    }
}
