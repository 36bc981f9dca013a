package io.percolate.pipeline.evaluation.features;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.function.UnaryOperator;

/** A computation on a few rows at a time, for what would take too much memory at once. */
final class RowBlocks {

    private RowBlocks() {}

    /** What {@code body} makes of every {@code size} rows of {@code x} (N,...), one below the other. */
    static NDArray map(NDArray x, long size, UnaryOperator<NDArray> body) {
        return Scope.keep(() -> {
            NDList blocks = new NDList();
            long count = x.getShape().get(0);
            for (long start = 0; start < count; start += size) {
                long first = start;
                blocks.add(Scope.keep(() -> body.apply(Aten.rows(x, first, Math.min(count, first + size)))));
            }
            return NDArrays.concat(blocks);
        });
    }
}
