package io.percolate.pipeline.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import java.util.ArrayList;
import java.util.List;

/** Whether what was generated for a caption is nearest to that caption's own image, by distance between pixels. */
public final class PixelRetrieval {

    private PixelRetrieval() {}

    /**
     * Ranks all {@code candidates} (M,3,H,W) by their distance to each of {@code generated} (N,3,H,W).
     *
     * @param candidates the first N of them are the captions' own images, in order
     */
    public static Retrieval of(NDArray generated, NDArray candidates) {
        int count = (int) generated.getShape().get(0);
        List<Integer> ranks = new ArrayList<>();
        Gradients.off(() -> {
            Scope.run(() -> {
                NDArray distances = distances(generated.reshape(count, -1), candidates);
                for (int i = 0; i < count; i++) {
                    NDArray row = distances.get(i);
                    long nearer = row.lt(row.get(i))
                            .toType(DataType.INT64, false)
                            .sum()
                            .getLong();
                    ranks.add(1 + (int) nearer);
                }
            });
            return null;
        });
        return Retrieval.of(ranks, (int) candidates.getShape().get(0));
    }

    /** Squared distances (N,M), but for what is the same in a row. */
    private static NDArray distances(NDArray rows, NDArray candidates) {
        NDArray others = candidates.reshape(candidates.getShape().get(0), -1);
        NDArray lengths = others.square().sum(new int[] {1}).reshape(1, -1);
        return Aten.axpby(-2, rows.matMul(others.transpose()), 1, lengths);
    }
}
