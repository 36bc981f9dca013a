package io.percolate.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpatialTransformerTest {

    private static final SpatialTransformer.Style STYLE = new SpatialTransformer.Style(4, 6, true, false);

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    /** One block is computed again as a whole, and of many each by itself. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void blocksThatAreComputedAgainHaveTheSameGradients(int depth) {
        SpatialTransformer transformer = new SpatialTransformer(8, 2, depth, STYLE);
        transformer.initialise(manager, 1);
        transformer.parameters().forEach((name, own) -> own.set(Aten.scale(normal(name.hashCode(), own.shape()), 0.3)));
        transformer.makeTrainable();
        Map<String, float[]> kept = gradients(transformer, step -> step);
        Map<String, float[]> again = gradients(transformer, step -> () -> GradientCheckpointing.during(step));
        assertThat(again.keySet()).isEqualTo(kept.keySet());
        kept.forEach((name, values) -> assertThat(again.get(name)).as(name).containsExactly(values, within(1e-5f)));
    }

    /** The gradients of the weights, and of what the transformer is given. */
    private Map<String, float[]> gradients(SpatialTransformer transformer, UnaryOperator<Supplier<Void>> computed) {
        NDArray x = Gradients.leaf(normal(2, new Shape(2, 8, 4, 4)));
        NDArray context = Gradients.leaf(normal(3, new Shape(2, 5, 6)));
        Supplier<Void> step = () -> {
            Scope.run(() -> Gradients.backward(transformer
                    .forward(GradientCheckpointing.cut(x), GradientCheckpointing.cut(context))
                    .square()
                    .mean()));
            return null;
        };
        Gradients.on(computed.apply(step));
        Map<String, float[]> gradients = new LinkedHashMap<>();
        gradients.put("x", gradient(x));
        gradients.put("context", gradient(context));
        transformer.parameters().forEach((name, own) -> {
            gradients.put(name, gradient(own.value()));
            own.dropGradient();
        });
        return gradients;
    }

    private static float[] gradient(NDArray leaf) {
        try (NDArray gradient = Gradients.of(leaf)) {
            return gradient.toFloatArray();
        }
    }

    private NDArray normal(long seed, Shape shape) {
        return new RandomStream(seed).normal(manager, shape, DataType.FLOAT32);
    }
}
