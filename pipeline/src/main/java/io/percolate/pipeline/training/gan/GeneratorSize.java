package io.percolate.pipeline.training.gan;

import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.TreeMap;

/**
 * The shape of a generator: the section {@code generator} of its recipe, and the config of its folder.
 *
 * @param sampleSize side of its images in pixels: 4 times a power of two
 * @param latentWidth how many normal numbers an image is made of
 * @param width channels at the full size; each halving has twice as many, up to eight times
 */
public record GeneratorSize(int sampleSize, int latentWidth, int width) {

    /** Side of what the first layer makes. */
    static final int FIRST = 4;

    static final GeneratorSize DEFAULT = new GeneratorSize(64, 128, 32);

    private static final int WIDEST = 8;

    /** Channels are normalised in so many groups. */
    static final int GROUPS = 8;

    public GeneratorSize {
        int doublings = Integer.numberOfTrailingZeros(sampleSize) - Integer.numberOfTrailingZeros(FIRST);
        if (doublings < 1 || sampleSize != FIRST << doublings) {
            throw new IllegalArgumentException("images of " + sampleSize + "x" + sampleSize
                    + " but a generator doubles 4x4: give 8, 16, 32, 64, 128, 256 or so");
        }
        if (latentWidth < 1) {
            throw new IllegalArgumentException("latent_width " + latentWidth + ": give 1 or more");
        }
        if (width < GROUPS || width % GROUPS != 0) {
            throw new IllegalArgumentException("width " + width + ": give a multiple of " + GROUPS);
        }
    }

    static GeneratorSize from(JsonConfig section) {
        return new GeneratorSize(
                section.integer("sample_size", DEFAULT.sampleSize),
                section.integer("latent_width", DEFAULT.latentWidth),
                section.integer("width", DEFAULT.width));
    }

    Map<String, Object> values() {
        return new TreeMap<>(Map.of("sample_size", sampleSize, "latent_width", latentWidth, "width", width));
    }

    /** How often 4x4 is doubled. */
    int doublings() {
        return Integer.numberOfTrailingZeros(sampleSize / FIRST);
    }

    /** Channels of what is {@code side} pixels wide. */
    int widthAt(int side) {
        return width * Math.min(sampleSize / side, WIDEST);
    }
}
