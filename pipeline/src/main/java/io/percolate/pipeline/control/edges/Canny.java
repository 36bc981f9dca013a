package io.percolate.pipeline.control.edges;

import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Finds edges (Canny 1986): smooths by a Gaussian, takes the gradient, keeps the ridges of its magnitude, and of those
 * every one above {@code high} and what hangs together with it above {@code low}.
 *
 * @param sigma standard deviation of the Gaussian in pixels
 * @param low least magnitude of an edge, in units of Sobel's operator on levels 0 to 255
 * @param high least magnitude of some pixel of an edge
 */
public record Canny(double sigma, double low, double high) {

    /** The thresholds with which the edge ControlNets of Zhang et al. 2023 are usually fed. */
    public static final Canny USUAL = new Canny(1, 100, 200);

    public Canny {
        if (!(sigma > 0) || !(low > 0) || !(high >= low)) {
            throw new IllegalArgumentException("Canny with sigma " + sigma + " and thresholds " + low + " and " + high
                    + ": all must be positive, the second threshold not below the first");
        }
    }

    /** The edges of an opaque image. */
    public EdgeMap edges(BufferedImage image) {
        GreyPlane plane = GreyPlane.of(image);
        Gradient gradient = Gradient.sobel(smooth(plane));
        GreyPlane ridges = plane.map(
                (x, y) -> gradient.isRidge(x, y) ? gradient.magnitude().at(x, y) : 0);
        return new EdgeMap(plane.width(), plane.height(), connected(ridges));
    }

    /** Smoothed along the rows, and then along the columns. */
    private GreyPlane smooth(GreyPlane plane) {
        float[] kernel = kernel();
        int reach = kernel.length / 2;
        GreyPlane rows = plane.map((x, y) -> {
            float sum = 0;
            for (int k = -reach; k <= reach; k++) {
                sum += kernel[k + reach] * plane.at(x + k, y);
            }
            return sum;
        });
        return rows.map((x, y) -> {
            float sum = 0;
            for (int k = -reach; k <= reach; k++) {
                sum += kernel[k + reach] * rows.at(x, y + k);
            }
            return sum;
        });
    }

    /** Weights of the Gaussian up to three standard deviations, of sum 1. */
    private float[] kernel() {
        int reach = (int) Math.ceil(3 * sigma);
        float[] kernel = new float[2 * reach + 1];
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            sum += Math.exp(-k * k / (2 * sigma * sigma));
        }
        for (int k = -reach; k <= reach; k++) {
            kernel[k + reach] = (float) (Math.exp(-k * k / (2 * sigma * sigma)) / sum);
        }
        return kernel;
    }

    /** Hysteresis: spreads from the strong ridges over the weak ones beside them. */
    private boolean[] connected(GreyPlane ridges) {
        boolean[] edges = new boolean[ridges.levels().length];
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = 0; i < edges.length; i++) {
            add(i, high, ridges, edges, open);
        }
        while (!open.isEmpty()) {
            int place = open.pop();
            int width = ridges.width();
            for (int y = Math.max(0, place / width - 1); y <= Math.min(ridges.height() - 1, place / width + 1); y++) {
                for (int x = Math.max(0, place % width - 1); x <= Math.min(width - 1, place % width + 1); x++) {
                    add(y * width + x, low, ridges, edges, open);
                }
            }
        }
        return edges;
    }

    private static void add(int place, double threshold, GreyPlane ridges, boolean[] edges, Deque<Integer> open) {
        if (!edges[place] && ridges.levels()[place] >= threshold) {
            edges[place] = true;
            open.push(place);
        }
    }
}
