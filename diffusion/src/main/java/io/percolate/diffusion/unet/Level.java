package io.percolate.diffusion.unet;

/**
 * One resolution of a U-Net; the way up mirrors the way down, with one more layer.
 *
 * @param channels width of its feature maps
 * @param layers residual blocks on the way down
 * @param attention what follows each of them
 * @param headCount attention heads the channels are split into
 * @param depth transformer blocks in each attention to the context
 * @param onlyContext whether those attend to the context twice and never among the pixels
 */
public record Level(int channels, int layers, BlockAttention attention, int headCount, int depth, boolean onlyContext) {

    public Level {
        if (channels < 1 || layers < 1 || headCount < 1 || depth < 1) {
            throw new IllegalArgumentException("a level of " + channels + " channels, " + layers + " layers, "
                    + headCount + " heads and depth " + depth + ": all must be positive");
        }
        if (attention != BlockAttention.NONE && channels % headCount != 0) {
            throw new IllegalArgumentException(channels + " channels cannot be split into " + headCount + " heads");
        }
    }

    /** Without attention. */
    public static Level plain(int channels, int layers) {
        return new Level(channels, layers, BlockAttention.NONE, 1, 1, false);
    }

    /** With attention among the pixels. */
    public static Level pixels(int channels, int layers, int headCount) {
        return new Level(channels, layers, BlockAttention.PIXELS, headCount, 1, false);
    }

    /** With transformers of {@code depth} blocks that attend to the context. */
    public static Level context(int channels, int layers, int headCount, int depth) {
        return new Level(channels, layers, BlockAttention.CONTEXT, headCount, depth, false);
    }

    /** Width of one head. */
    int headDim() {
        return channels / headCount;
    }

    /** The same level with other attention; heads and depth then count only for the mid block. */
    public Level with(BlockAttention other) {
        return new Level(channels, layers, other, headCount, depth, onlyContext);
    }

    /** The same level, attending among its own pixels where it attended to the context. */
    Level withoutContext() {
        BlockAttention own = attention == BlockAttention.CONTEXT ? BlockAttention.PIXELS : attention;
        return new Level(channels, layers, own, headCount, 1, false);
    }
}
