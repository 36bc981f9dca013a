package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;

/**
 * Where the images of a set are (Kynkaanniemi et al. 2019, eq. 1): in balls around their features, each as wide as the
 * distance to the k-th nearest other of the set. How much of the generated images lies among the real ones is their
 * precision, how much of the real ones lies among the generated ones is their recall.
 */
public final class Manifold {

    /** Neighbours that the paper takes. */
    public static final int NEIGHBOURS = 3;

    private static final long ROWS = 512;

    private final NDArray features;
    private final NDArray radii;

    private Manifold(NDArray features, NDArray radii) {
        this.features = features;
        this.radii = radii;
    }

    /**
     * The share of {@code images} that lies in the manifold of {@code set}.
     *
     * @param set features float64 (N,D), more than {@code neighbours}
     * @param images features float64 (M,D)
     * @param neighbours k
     */
    public static double share(NDArray set, NDArray images, int neighbours) {
        long count = set.getShape().get(0);
        if (count <= neighbours) {
            throw new IllegalArgumentException(count + " images have no " + neighbours + " neighbours each: take "
                    + (neighbours + 1) + " or more");
        }
        return Gradients.off(() -> Scope.call(() -> of(set, neighbours).share(images)));
    }

    private static Manifold of(NDArray set, int neighbours) {
        NDArray radii =
                RowBlocks.map(set, ROWS, rows -> distances(rows, set).sort(1).get(":, {}", neighbours));
        return new Manifold(set, radii.reshape(1, -1));
    }

    private double share(NDArray images) {
        NDArray inside = RowBlocks.map(images, ROWS, rows -> distances(rows, features)
                .lte(radii)
                .toType(DataType.FLOAT64, false)
                .max(new int[] {1}));
        return inside.mean().getDouble();
    }

    /** Squared Euclidean distances (N,M) between rows. */
    private static NDArray distances(NDArray x, NDArray y) {
        NDArray lengths = x.square().sum(new int[] {1}, true);
        NDArray others = y.square().sum(new int[] {1}, true).transpose();
        return Aten.axpby(1, lengths.add(others), -2, x.matMul(y.transpose()));
    }
}
