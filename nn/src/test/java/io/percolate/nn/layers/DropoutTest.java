package io.percolate.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.random.RandomStream;
import java.util.Arrays;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DropoutTest {

    private static final ResnetBlock.Style STYLE = new ResnetBlock.Style(4, 1e-5, 0, ResnetBlock.TimeUse.SHIFT, 0.5);

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void halfIsDroppedAndTheRestDoubledInTraining() {
        NDArray ones = manager.ones(new Shape(100, 100));
        NDArray dropped = new DropoutMasks(new RandomStream(1))
                .during(0, () -> DropoutMasks.next(0.5).apply(ones));
        assertThat(dropped.toFloatArray()).containsOnly(0, 2);
        assertThat(dropped.mean().getFloat()).isEqualTo(1, within(0.05f));
    }

    @Test
    void nothingIsDroppedOutsideOfTraining() {
        NDArray x = new RandomStream(1).normal(manager, new Shape(4, 4), DataType.FLOAT32);
        assertThat(DropoutMasks.next(0.5).apply(x)).isSameAs(x);
    }

    @Test
    void whatIsDroppedDependsOnTheStepsRandomnessAlone() {
        ResnetBlock block = block();
        assertThat(gradient(block, 1, Gradients::on)).isEqualTo(gradient(block, 1, Gradients::on));
        assertThat(gradient(block, 1, Gradients::on)).isNotEqualTo(gradient(block, 2, Gradients::on));
    }

    @Test
    void anImageDropsTheSameWhateverGoesThroughTheNetworkWithIt() {
        NDArray ones = manager.ones(new Shape(3, 50));
        float[] together =
                dropped(new DropoutMasks(new RandomStream(1)), 0, ones).toFloatArray();
        DropoutMasks step = new DropoutMasks(new RandomStream(1));
        float[] first = dropped(step, 0, ones.get("0:2")).toFloatArray();
        float[] last = dropped(step, 2, ones.get("2:3")).toFloatArray();
        assertThat(Arrays.copyOf(together, 100)).isEqualTo(first);
        assertThat(Arrays.copyOfRange(together, 100, 150)).isEqualTo(last);
        assertThat(Arrays.copyOf(first, 50)).isNotEqualTo(last);
    }

    private static NDArray dropped(DropoutMasks step, int first, NDArray x) {
        return step.during(first, () -> DropoutMasks.next(0.5).apply(x));
    }

    @Test
    void aBlockThatIsComputedAgainDropsTheSame() {
        ResnetBlock block = block();
        float[] kept = gradient(block, 1, Gradients::on);
        float[] computedAgain = gradient(block, 1, step -> Gradients.on(() -> GradientCheckpointing.during(step)));
        assertThat(computedAgain).containsExactly(kept, within(1e-6f));
    }

    private ResnetBlock block() {
        ResnetBlock block = new ResnetBlock(4, 4, STYLE);
        block.initialise(manager, 1);
        block.parameters()
                .forEach((name, parameter) -> parameter.set(
                        new RandomStream(name.hashCode()).normal(manager, parameter.shape(), DataType.FLOAT32)));
        block.makeTrainable();
        return block;
    }

    private float[] gradient(ResnetBlock block, long seed, Training training) {
        NDArray x = new RandomStream(9).normal(manager, new Shape(2, 4, 8, 8), DataType.FLOAT32);
        NDArray weight = block.parameters().get("conv1.weight").value();
        return training.run(() -> {
            NDArray loss = new DropoutMasks(new RandomStream(seed))
                    .during(0, () -> block.forward(x))
                    .square()
                    .mean();
            Gradients.backward(loss);
            try (NDArray gradient = Gradients.of(weight)) {
                float[] values = gradient.toFloatArray();
                block.parameters().values().forEach(Parameter::dropGradient);
                return values;
            }
        });
    }

    /** Runs a training step. */
    private interface Training {
        float[] run(Supplier<float[]> step);
    }
}
