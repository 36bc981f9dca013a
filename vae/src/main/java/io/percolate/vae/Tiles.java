package io.percolate.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.function.UnaryOperator;

/**
 * Runs a network on overlapping tiles and blends what it gives. The network turns {@code inUnit} places of its
 * input, along each axis, into {@code outUnit} of its output; both stand for one latent.
 */
record Tiles(TiledAxis rows, TiledAxis columns, int inUnit, int outUnit) {

    /** x (B,C,H,W) to the network's output for all of it. */
    NDArray apply(NDArray x, UnaryOperator<NDArray> network) {
        return Scope.keep(() -> {
            NDArray sum = null;
            for (int row : rows.starts()) {
                for (int column : columns.starts()) {
                    NDArray before = sum;
                    sum = Scope.keep(() -> add(before, placed(network.apply(cut(x, row, column)), row, column)));
                    free(before);
                }
            }
            return Aten.like(sum, x);
        });
    }

    private NDArray cut(NDArray x, int row, int column) {
        int top = row * inUnit;
        int left = column * inUnit;
        return x.get(new NDIndex(
                ":, :, {}:{}, {}:{}", top, top + rows.tile() * inUnit, left, left + columns.tile() * inUnit));
    }

    /** The tile, weighted, among zeros of the full size. */
    private NDArray placed(NDArray tile, int row, int column) {
        NDManager manager = tile.getManager();
        float[] down = rows.weights(row, outUnit);
        float[] across = columns.weights(column, outUnit);
        return Aten.pad(
                Aten.to(tile, Precision.FP32)
                        .mul(TorchArray.of(manager, down, new Shape(down.length, 1)))
                        .mul(TorchArray.of(manager, across, new Shape(1, across.length))),
                (long) column * outUnit,
                (long) (columns.length() - columns.tile() - column) * outUnit,
                (long) row * outUnit,
                (long) (rows.length() - rows.tile() - row) * outUnit);
    }

    private static NDArray add(NDArray sum, NDArray tile) {
        return sum == null ? tile : sum.add(tile);
    }

    private static void free(NDArray sum) {
        if (sum != null) {
            sum.close();
        }
    }
}
