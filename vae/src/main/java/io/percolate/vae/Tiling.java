package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import java.util.function.UnaryOperator;

/**
 * How images too large for the memory are coded: in overlapping tiles, blended linearly where they overlap.
 *
 * <p>Every tile is normalised and attended to by itself, so the result is close to the untiled one but not equal to it.
 *
 * @param tile side of a tile, in latents
 * @param overlap how far neighbouring tiles overlap at least, in latents
 * @param pixelBudget images of more pixels than this are coded in tiles
 */
public record Tiling(int tile, int overlap, long pixelBudget) {

    /** Activations of the finest level that are held at once: half a gigabyte in float32. */
    private static final long LARGEST_ACTIVATION = 1L << 27;

    private static final int SMALLEST_TILE = 8;

    public Tiling {
        if (overlap < 1 || tile < 2 * overlap) {
            throw new IllegalArgumentException(
                    "tiles of " + tile + " latents cannot overlap by " + overlap + ": at least 1, at most half a tile");
        }
    }

    /**
     * Tiles of the size trained on, overlapping by a quarter, for images whose finest feature map would exceed
     * half a gigabyte: 1024x1024 pixels for Stable Diffusion.
     */
    public static Tiling automatic(VaeConfig config) {
        return of(config, LARGEST_ACTIVATION / config.blocks().width(0));
    }

    /** The same tiles for every image larger than one of them. */
    public static Tiling always(VaeConfig config) {
        return of(config, 0);
    }

    /** No tiles, however large the image. */
    public static Tiling never(VaeConfig config) {
        return of(config, Long.MAX_VALUE);
    }

    private static Tiling of(VaeConfig config, long pixelBudget) {
        int tile = Math.max(SMALLEST_TILE, config.sampleSize() / config.downsamplingFactor());
        return new Tiling(tile, tile / 4, pixelBudget);
    }

    /**
     * Runs {@code network} on x (B,C,H,W), in tiles if need be.
     *
     * @param inUnit how many places of x, along each axis, stand for one latent
     * @param outUnit how many places of the result do
     */
    NDArray apply(NDArray x, int inUnit, int outUnit, UnaryOperator<NDArray> network) {
        int height = (int) x.getShape().get(2) / inUnit;
        int width = (int) x.getShape().get(3) / inUnit;
        long pixelsPerLatent = (long) Math.max(inUnit, outUnit) * Math.max(inUnit, outUnit);
        if ((long) height * width * pixelsPerLatent <= pixelBudget) {
            return network.apply(x);
        }
        return new Tiles(new TiledAxis(height, this), new TiledAxis(width, this), inUnit, outUnit).apply(x, network);
    }
}
