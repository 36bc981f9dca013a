package io.percolate.nn.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.DropoutMasks;
import io.percolate.nn.layers.Embedding;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Linear;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomStream;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is added to frozen layers: it alone gets gradients. */
class AdaptersTest {

    private final NDManager manager = TorchEngine.newManager();
    private final TwoLayers network = new TwoLayers();

    @AfterEach
    void free() {
        manager.close();
    }

    /** Two linear layers, of which the first may be computed again in the backward pass. */
    private static final class TwoLayers extends Layer {

        private final Linear first = child("block.first", new Linear(4, 6));
        private final Linear second = child("second", new Linear(6, 2));

        NDArray forward(NDArray x) {
            return second.forward(GradientCheckpointing.block(x, first::forward));
        }
    }

    private NDArray input() {
        return new RandomStream(3).uniform(manager, new Shape(5, 4));
    }

    private LowRankUpdates updates(double dropout) {
        network.initialise(manager, 1);
        LowRankUpdates updates = new LowRankUpdates(network, name -> true, new LowRankConfig(2, 4, dropout));
        updates.initialise(manager, 2);
        return updates;
    }

    @Test
    void untrainedUpdatesChangeNothing() {
        network.initialise(manager, 1);
        float[] before = Gradients.off(() -> network.forward(input()).toFloatArray());
        updates(0);
        assertThat(Gradients.off(() -> network.forward(input()).toFloatArray())).isEqualTo(before);
    }

    @Test
    void anUpdateIsAlphaByRankTimesTheProductOfItsFactors() {
        LowRankUpdates updates = updates(0);
        Linear merged = new Linear(4, 6);
        Map<String, Parameter> down = updates.down();
        Map<String, Parameter> up = updates.up();
        assertThat(down).containsOnlyKeys("block.first", "second");
        up.values().forEach(factor -> factor.set(new RandomStream(4).uniform(manager, factor.shape())));
        NDArray product =
                up.get("block.first").value().matMul(down.get("block.first").value());
        Map<String, Parameter> weights = network.first.parameters();
        merged.assign("weight", weights.get("weight").value().add(Aten.scale(product, 2)));
        merged.assign("bias", weights.get("bias").value().duplicate());
        assertClose(network.first.forward(input()), merged.forward(input()), 1e-5);
    }

    @Test
    void frozenWeightsGetNoGradientAndUpdatesDo() {
        LowRankUpdates updates = updates(0);
        updates.makeTrainable();
        backward(false);
        assertThat(network.parameters().values())
                .allSatisfy(weight -> assertThat(Gradients.of(weight.value())).isNull());
        assertThat(updates.parameters().values())
                .allSatisfy(factor -> assertThat(Gradients.of(factor.value())).isNotNull());
    }

    @Test
    void whatIsDroppedIsTheSameWhenABlockIsComputedAgain() {
        LowRankUpdates updates = updates(0.5);
        updates.up().values().forEach(factor -> factor.set(new RandomStream(4).uniform(manager, factor.shape())));
        updates.makeTrainable();
        backward(false);
        Map<String, Parameter> factors = updates.parameters();
        double[][] kept = factors.values().stream().map(AdaptersTest::gradient).toArray(double[][]::new);
        factors.values().forEach(Parameter::dropGradient);
        backward(true);
        int i = 0;
        for (Parameter factor : factors.values()) {
            assertThat(gradient(factor)).containsExactly(kept[i++], within(1e-6));
        }
    }

    @Test
    void inBfloat16TheGradientsAreNearlyThose() {
        LowRankUpdates updates = updates(0);
        updates.up().values().forEach(factor -> factor.set(new RandomStream(4).uniform(manager, factor.shape())));
        updates.makeTrainable();
        backward(false);
        double[] exact = gradient(updates.down().get("block.first"));
        updates.parameters().values().forEach(Parameter::dropGradient);
        network.makeFrozen(Precision.BF16);
        Gradients.on(() -> {
            Scope.run(
                    () -> Gradients.backward(Aten.to(network.forward(Aten.to(input(), Precision.BF16)), Precision.FP32)
                            .square()
                            .mean()));
            return null;
        });
        assertThat(gradient(updates.down().get("block.first"))).containsExactly(exact, within(0.05));
    }

    @Test
    void matricesKeptAsTheyAreReadGiveTheSameGradients() {
        LowRankUpdates updates = updates(0);
        updates.up().values().forEach(factor -> factor.set(new RandomStream(4).uniform(manager, factor.shape())));
        updates.makeTrainable();
        network.parameters().values().forEach(own -> own.set(Aten.to(own.value(), Precision.FP16)));
        network.makeFrozenAsRead();
        backward(true);
        double[] asRead = gradient(updates.down().get("block.first"));
        assertThat(network.parameters().get("second.weight").value().getDataType())
                .isEqualTo(DataType.FLOAT16);
        updates.parameters().values().forEach(Parameter::dropGradient);
        network.makeFrozen(Precision.FP32);
        backward(true);
        assertThat(network.parameters().get("second.weight").value().getDataType())
                .isEqualTo(DataType.FLOAT32);
        assertThat(gradient(updates.down().get("block.first"))).containsExactly(asRead);
    }

    private void backward(boolean again) {
        DropoutMasks masks = new DropoutMasks(new RandomStream(5));
        masks.throughout(() -> {
            Runnable step = () -> Scope.run(() -> Gradients.backward(
                    masks.during(0, () -> network.forward(input())).square().mean()));
            return Gradients.on(() -> {
                if (again) {
                    GradientCheckpointing.during(() -> {
                        step.run();
                        return null;
                    });
                } else {
                    step.run();
                }
                return null;
            });
        });
    }

    @Test
    void onlyTheLastVectorsOfATableAreLearned() {
        Embedding table = new Embedding(6, 3);
        table.initialise(manager, 1);
        NDArray ids = TorchArray.of(manager, new long[] {0, 5, 4, 5}, new Shape(2, 2));
        float[] before = table.forward(ids).toFloatArray();
        LearnedVectors learned = new LearnedVectors(table, 2);
        assertThat(table.forward(ids).toFloatArray()).containsExactly(before, within(1e-7f));
        learned.makeTrainable();
        Gradients.on(() -> {
            Scope.run(() -> Gradients.backward(table.forward(ids).sum()));
            return null;
        });
        assertThat(Gradients.of(table.parameters().get("weight").value())).isNull();
        assertThat(gradient(learned.parameters().get("vectors"))).containsExactly(1, 1, 1, 2, 2, 2);
    }

    @Test
    void anUpdateOfNothingIsRefused() {
        assertThatThrownBy(() -> new LowRankConfig(0, 1, 0))
                .hasMessageContaining("rank 0")
                .hasMessageContaining("such as 16");
        assertThatThrownBy(() -> new LowRankUpdates(network, name -> false, new LowRankConfig(1, 1, 0)))
                .hasMessageContaining("none of the layers");
    }

    private static double[] gradient(Parameter parameter) {
        return doubles(Gradients.of(parameter.value()));
    }

    private static double[] doubles(NDArray array) {
        float[] values = array.toFloatArray();
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    private static void assertClose(NDArray actual, NDArray expected, double tolerance) {
        assertThat(doubles(actual)).containsExactly(doubles(expected), within(tolerance));
    }
}
