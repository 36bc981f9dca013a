package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.Arrays;

/** One number for each image of a batch (B,...). */
final class Rows {

    private Rows() {}

    /** The Euclidean norms, (B,1,...,1). */
    static NDArray norm(NDArray x) {
        return Scope.keep(() -> flat(x.square()).sum(new int[] {1}).sqrt().reshape(column(x.getShape())));
    }

    /** Sums over each image of the products of {@code x} and {@code y}. */
    static double[] dot(NDArray x, NDArray y) {
        return Scope.call(() -> flat(x.mul(y).toType(DataType.FLOAT64, false))
                .sum(new int[] {1})
                .toDoubleArray());
    }

    /** {@code values}, one for each image, as an array that {@code like} can be multiplied with. */
    static NDArray column(double[] values, NDArray like) {
        return Scope.keep(
                () -> Aten.like(TorchArray.of(like.getManager(), values, new Shape(column(like.getShape()))), like));
    }

    private static NDArray flat(NDArray x) {
        return x.reshape(x.getShape().get(0), -1);
    }

    private static long[] column(Shape shape) {
        long[] column = new long[shape.dimension()];
        Arrays.fill(column, 1);
        column[0] = shape.get(0);
        return column;
    }
}
