package io.percolate.cli.bench;

/**
 * The size of latents.
 *
 * @param height rows
 * @param width columns
 */
public record LatentSize(int height, int width) {

    public LatentSize {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("latents of " + height + "x" + width + ": both must be positive");
        }
    }

    static LatentSize square(int side) {
        return new LatentSize(side, side);
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
