package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.Arrays;

/**
 * Arrays as a solver of equations holds them: all their numbers in a row.
 *
 * @param like says the shape, element type and manager
 */
record FlatArray(NDArray like) {

    int length() {
        return Math.toIntExact(like.size());
    }

    /** The numbers of {@code x}. */
    static double[] numbers(NDArray x) {
        return Scope.call(() -> x.toType(DataType.FLOAT64, false).toDoubleArray());
    }

    /** The array of the first numbers of {@code y}. */
    NDArray array(double[] y) {
        return Scope.keep(
                () -> Aten.like(TorchArray.of(like.getManager(), Arrays.copyOf(y, length()), like.getShape()), like));
    }
}
