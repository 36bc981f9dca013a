package io.percolate.tests.reference;

import static io.percolate.testing.Reference.assertClose;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.optim.AdafactorConfig;
import io.percolate.nn.optim.EmaDecay;
import io.percolate.nn.optim.GradientClipping;
import io.percolate.nn.optim.Optimizer;
import io.percolate.nn.optim.OptimizerConfig;
import io.percolate.tests.reference.Suite.Tensors;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Steps of {@code torch.optim.Adafactor} along given gradients: learning rate 1e-2, weight decay 0.01. */
class AdafactorReferenceTest {

    private static final double LEARNING_RATE = 1e-2;
    private static final double TOLERANCE = 1e-6;

    private static final OptimizerConfig CONFIG = new OptimizerConfig(
            new GradientClipping(Double.POSITIVE_INFINITY),
            AdafactorConfig.DEFAULT.withWeightDecay(0.01),
            Optional.empty(),
            new EmaDecay(0.999),
            false);

    @TestFactory
    Stream<DynamicTest> weightsMoveAsInTorch() {
        return Suite.find("*adafactor*/expected.safetensors").stream()
                .map(file -> dynamicTest(Suite.name(file), () -> Suite.with(file, AdafactorReferenceTest::steps)));
    }

    private static void steps(Tensors expected) {
        Weights weights = new Weights(expected);
        try (Optimizer optimizer = new Optimizer(weights.parameters(), CONFIG)) {
            optimizer.setLearningRate(LEARNING_RATE);
            for (int step = 0; expected.has(step + ".grad.0"); step++) {
                String number = step + ".";
                optimizer.minimise(() -> weights.along(expected, number + "grad."));
                weights.parameters()
                        .forEach((name, weight) -> assertClose(
                                number + name, weight.value(), expected.get(number + "after." + name), TOLERANCE));
            }
        }
    }

    /** The tensors that the reference starts with, by their numbers. */
    private static final class Weights extends Layer {

        Weights(Tensors expected) {
            for (int i = 0; expected.has("start." + i); i++) {
                NDArray start = expected.get("start." + i);
                parameter(String.valueOf(i), new Shape(start.getShape().getShape()), Initializer.ZEROS);
                assign(String.valueOf(i), start);
            }
            makeTrainable();
        }

        /** A loss whose gradients are those below {@code prefix}. */
        NDArray along(Tensors expected, String prefix) {
            return parameters().entrySet().stream()
                    .map(weight -> product(weight.getValue(), expected.get(prefix + weight.getKey())))
                    .reduce(NDArray::add)
                    .orElseThrow();
        }

        private static NDArray product(Parameter weight, NDArray gradient) {
            return weight.value().mul(gradient).sum();
        }
    }
}
