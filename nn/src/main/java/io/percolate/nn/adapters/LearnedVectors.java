package io.percolate.nn.adapters;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.layers.Embedding;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;

/** Vectors in place of the last ones of a frozen table, which they begin as; parameter {@code vectors} (N,D). */
public final class LearnedVectors extends Layer {

    private final Parameter vectors;
    private final long first;

    /** The last {@code count} vectors of {@code table}, which gives these from here on. */
    public LearnedVectors(Embedding table, int count) {
        NDArray all = table.table();
        long rows = all.getShape().get(0);
        first = rows - count;
        vectors = parameter("vectors", new Shape(count, all.getShape().get(1)), Initializer.ZEROS);
        assign("vectors", Gradients.off(() -> Aten.to(Aten.rows(all, (int) first, (int) rows), Precision.FP32)));
        table.adapt(this::replaced);
    }

    /** Their numbers as they are now, (N,D). */
    public NDArray values() {
        return vectors.value();
    }

    /** {@code looked} (...,D) for {@code ids} (...), with these where the ids are theirs. */
    private NDArray replaced(NDArray looked, NDArray ids) {
        long[] all = ids.toType(DataType.INT64, false).toLongArray();
        long[] own = new long[all.length];
        float[] isOwn = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            own[i] = Math.max(0, all[i] - first);
            isOwn[i] = all[i] >= first ? 1 : 0;
        }
        Shape shape = ids.getShape();
        NDArray mask = Aten.like(TorchArray.of(looked.getManager(), isOwn, shape.addAll(new Shape(1))), looked);
        NDArray learned = Aten.embedding(vectors.value(), TorchArray.of(looked.getManager(), own, shape));
        NDArray theirs = looked.mul(Aten.affine(mask, -1, 1));
        return theirs.add(Aten.like(learned, looked).mul(mask));
    }
}
