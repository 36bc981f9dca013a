package io.percolate.vae.losses;

/**
 * How large the patches are that a {@link PatchDiscriminator} looks at, and how closely.
 *
 * @param width channels of its first layer; each further layer has twice as many, up to eight times
 * @param layers convolutions between the first and the last; 3 see patches of 70x70 pixels
 */
public record PatchSize(int width, int layers) {

    /** The size of Isola et al. 2017. */
    public static final PatchSize DEFAULT = new PatchSize(64, 3);

    private static final int WIDEST = 8;

    public PatchSize {
        if (width < 1 || layers < 1 || layers > 8) {
            throw new IllegalArgumentException("a discriminator of width " + width + " and " + layers
                    + " layers: the width must be at least 1, the layers 1 to 8");
        }
    }

    /** Side in pixels of the smallest image that leaves one patch. */
    public int smallestImage() {
        return 3 << layers;
    }

    int widthOf(int layer) {
        return width * Math.min(1 << layer, WIDEST);
    }
}
