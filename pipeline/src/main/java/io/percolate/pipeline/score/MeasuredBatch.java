package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.RandomStream;
import io.percolate.pipeline.data.Batch;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Some of the images that are measured. Every random number depends on the number of its image alone, so that a
 * likelihood does not depend on how images are put together.
 *
 * @param first number of the first image
 * @param pixels (B,3,H,W)
 * @param captions one for each image
 */
record MeasuredBatch(int first, NDArray pixels, List<String> captions) {

    private static final long ENCODING = 1L << 40;
    private static final long SPREADING = 2L << 40;
    private static final long PROBES = 3L << 40;

    static MeasuredBatch of(int first, Batch batch) {
        return new MeasuredBatch(first, batch.images(), batch.captions());
    }

    int size() {
        return captions.size();
    }

    /** What the model is trained on for these images. */
    NDArray encoded(DataSpace space) {
        return byImage(pixels, (row, image) -> space.encode(row, RandomStream.of(ENCODING, image)));
    }

    /** Standard normal noise like {@code x} (B,...) for one timestep. */
    NDArray noise(NDArray x, int timestep) {
        return byImage(x, (row, image) -> RandomStream.of(timestep, image)
                .normal(row.getManager(), row.getShape(), DataType.FLOAT32));
    }

    /** {@code encoded} as numbers with a density. */
    NDArray continuous(DataSpace space, NDArray encoded) {
        return byImage(encoded, (row, image) -> space.continuous(row, RandomStream.of(SPREADING, image)));
    }

    /** Where the probes of the image in {@code row} come from. */
    RandomStream probes(int row) {
        return RandomStream.of(PROBES, first + row);
    }

    private NDArray byImage(NDArray x, BiFunction<NDArray, Integer, NDArray> function) {
        return Scope.keep(() -> {
            NDList rows = new NDList();
            for (int i = 0; i < size(); i++) {
                rows.add(function.apply(Aten.rows(x, i, i + 1L), first + i));
            }
            return NDArrays.concat(rows);
        });
    }
}
