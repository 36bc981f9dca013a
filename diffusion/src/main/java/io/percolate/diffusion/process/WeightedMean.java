package io.percolate.diffusion.process;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import java.util.List;

/** A mean over images of which some count more than others. */
public final class WeightedMean {

    private WeightedMean() {}

    /**
     * The mean over all values, a scalar.
     *
     * @param values of images (B,...)
     * @param importance what each image counts (B), 1 for each being as usual
     */
    public static NDArray of(NDArray values, List<Double> importance) {
        if (importance.stream().allMatch(weight -> weight == 1)) {
            return values.mean();
        }
        double[] weights = importance.stream().mapToDouble(Double::doubleValue).toArray();
        return Scope.keep(() -> {
            NDArray column = TorchArray.of(values.getManager(), weights, new Shape(weights.length, 1));
            return values.reshape(weights.length, -1)
                    .mul(Aten.like(column, values))
                    .mean();
        });
    }
}
