package io.percolate.nn.optim;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;

/** A model of two parameters w (2,3) and b (3), with the loss {@code sum(w^3) + |w b|^2}. */
final class TwoWeights extends Layer {

    final Parameter w = parameter("w", new Shape(2, 3), Initializer.ZEROS);
    final Parameter b = parameter("b", new Shape(3), Initializer.ZEROS);

    TwoWeights(NDManager manager) {
        assign("w", manager.create(new float[] {0.5f, -1, 2, 0.25f, 0, -3}, new Shape(2, 3)));
        assign("b", manager.create(new float[] {1, -0.5f, 0.125f}));
        makeTrainable();
    }

    NDArray loss() {
        NDArray cubes = w.value().pow(3).sum();
        return cubes.add(w.value().matMul(b.value()).pow(2).sum());
    }

    void dropGradients() {
        w.dropGradient();
        b.dropGradient();
    }

    void backward() {
        NDArray loss = Gradients.on(this::loss);
        Gradients.backward(loss);
        loss.close();
    }
}
