package io.percolate.vae;

import java.util.stream.IntStream;

/** One axis of the latents, covered by tiles of equal length; all positions are in latents. */
final class TiledAxis {

    private final int length;
    private final int tile;
    private final int overlap;
    private final int[] starts;

    /** As few tiles as overlap enough, evenly spaced. */
    TiledAxis(int length, Tiling tiling) {
        this.length = length;
        tile = Math.min(tiling.tile(), length);
        overlap = tiling.overlap();
        int stride = tiling.tile() - overlap;
        int gaps = (length - tile + stride - 1) / stride;
        starts = IntStream.rangeClosed(0, gaps)
                .map(i -> gaps == 0 ? 0 : (int) ((long) i * (length - tile) / gaps))
                .toArray();
    }

    int length() {
        return length;
    }

    int tile() {
        return tile;
    }

    int[] starts() {
        return starts;
    }

    /**
     * How much the tile at {@code start} counts at each of its places, which are {@code unit} to a latent; over
     * all tiles the weights of a place sum to 1.
     */
    float[] weights(int start, int unit) {
        float[] weights = new float[tile * unit];
        for (int i = 0; i < weights.length; i++) {
            double place = start + (i + 0.5) / unit;
            double all = IntStream.of(starts).mapToDouble(s -> ramp(s, place)).sum();
            weights[i] = (float) (ramp(start, place) / all);
        }
        return weights;
    }

    /** Rises from 0 at an edge inside the image to 1 where the overlap ends. */
    private double ramp(int start, double place) {
        double left = start == 0 ? 1 : (place - start) / overlap;
        double right = start + tile == length ? 1 : (start + tile - place) / overlap;
        double inside = place < start || place > start + tile ? 0 : 1;
        return inside * Math.max(0, Math.min(1, Math.min(left, right)));
    }
}
