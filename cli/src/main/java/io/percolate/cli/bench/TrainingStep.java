package io.percolate.cli.bench;

import ai.djl.ndarray.NDArray;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import java.util.function.Supplier;

/** A network and its optimiser, AdamW with averaged weights. */
final class TrainingStep<L extends Layer> implements AutoCloseable {

    /** So small that the random weights stay as they are, whatever the gradient. */
    private static final double LEARNING_RATE = 1e-9;

    private final L network;
    private final boolean gradientCheckpointing;
    private final Optimizer optimizer;

    TrainingStep(L network, boolean gradientCheckpointing) {
        this.network = network;
        this.gradientCheckpointing = gradientCheckpointing;
        network.makeTrainable();
        optimizer = new Optimizer(network.parameters(), OptimizerConfig.DEFAULT);
    }

    L network() {
        return network;
    }

    /** Forward, backward, update. */
    void run(Supplier<NDArray> loss) {
        Supplier<Float> accumulate = () -> optimizer.accumulate(1, loss);
        if (gradientCheckpointing) {
            GradientCheckpointing.during(accumulate);
        } else {
            accumulate.get();
        }
        optimizer.step(LEARNING_RATE);
    }

    @Override
    public void close() {
        optimizer.close();
        network.close();
    }
}
