package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.Optimizer.Update;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The gradient of one worker's images of a batch, as they weigh in the whole: those of all workers add up to the
 * gradient of the batch. It stays in the parameters, which do not move.
 */
public final class GradientShare implements Minimiser {

    private final ParameterGroup weights;
    private final OptimizerConfig config;
    private final int index;
    private final int count;

    /** The part number {@code index}, counted from 0, of {@code count} about equal ones. */
    public GradientShare(Map<String, Parameter> parameters, OptimizerConfig config, int index, int count) {
        weights = new ParameterGroup(parameters);
        this.config = config;
        this.index = index;
        this.count = count;
    }

    /** Leaves the gradient in the parameters, none if the batch has less images than there are workers. */
    @Override
    public Update minimise(int batchSize, Function<MicroBatch, NDArray> loss) {
        float value = MicroBatch.backward(parts(batchSize), config.gradientCheckpointing(), loss);
        return new Update(0, value, weights.values().gradientNorm(), 0);
    }

    private List<MicroBatch> parts(int batchSize) {
        int first = (int) ((long) batchSize * index / count);
        int size = (int) ((long) batchSize * (index + 1) / count) - first;
        return size == 0
                ? List.of()
                : MicroBatch.split(size, config.microBatch().orElse(size)).stream()
                        .map(part -> new MicroBatch(first + part.first(), part.size(), batchSize))
                        .toList();
    }
}
