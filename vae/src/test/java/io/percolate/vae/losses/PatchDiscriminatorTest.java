package io.percolate.vae.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.GradientCheckpointing;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.RandomStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatchDiscriminatorTest {

    private static final Shape IMAGES = new Shape(2, 3, 16, 16);

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    /** |1 - 3| and the mean of |2 - 2| and |0 - 1|. */
    @Test
    void featuresAreMatchedLayerByLayer() {
        Judgement real = judgement(new float[] {3}, new float[] {2, 1});
        Judgement fake = judgement(new float[] {1}, new float[] {2, 0});
        assertThat(FeatureMatching.of(fake, real).getFloat()).isEqualTo(2.5f);
    }

    @Test
    void layersComputedAgainGiveTheSameGradientsAndFollowABatchOnce() {
        Map<String, float[]> plain = trained(Supplier::get);
        Map<String, float[]> again = trained(GradientCheckpointing::during);
        assertThat(again.keySet()).isEqualTo(plain.keySet());
        plain.forEach((name, values) -> assertThat(again.get(name)).as(name).containsExactly(values));
    }

    /** The change of the penalty as one weight moves, against its gradient. */
    @Test
    void thePenaltyOfGradientsHasAGradient() {
        PatchDiscriminator network = network();
        NDArray images = new RandomStream(3).uniform(manager, IMAGES);
        Gradients.on(() -> {
            Gradients.backward(penalty(network, images));
            return null;
        });
        Parameter weight = network.parameters().get("main.5.weight");
        float expected = Gradients.of(weight.value()).flatten().getFloat(7);
        double up = moved(network, weight, images, 1e-3f);
        double down = moved(network, weight, images, -1e-3f);
        assertThat((float) ((up - down) / 2e-3)).isCloseTo(expected, Offset.offset(0.02f * Math.abs(expected)));
    }

    private double moved(PatchDiscriminator network, Parameter parameter, NDArray images, float step) {
        float[] values = parameter.value().toFloatArray();
        values[7] += step;
        NDArray before = parameter.value().duplicate();
        parameter.set(manager.create(values, parameter.shape()));
        double penalty = Gradients.on(() -> (double) penalty(network, images).getFloat());
        parameter.set(before);
        return penalty;
    }

    private static NDArray penalty(PatchDiscriminator network, NDArray images) {
        NDArray leaf = Gradients.leaf(images);
        return Gradients.squaredNorm(network.forward(leaf).sum(), leaf);
    }

    /** Gradients of all weights, and all running statistics, after one backward pass. */
    private Map<String, float[]> trained(Consumer<Supplier<Boolean>> how) {
        PatchDiscriminator network = network();
        NDArray images = new RandomStream(3).uniform(manager, IMAGES);
        Gradients.on(() -> {
            how.accept(() -> {
                Scope.run(() ->
                        Gradients.backward(network.forward(images).square().mean()));
                return true;
            });
            return null;
        });
        Map<String, float[]> values = new LinkedHashMap<>();
        network.parameters()
                .forEach((name, parameter) -> values.put(
                        name,
                        (parameter.isTrained() ? Gradients.of(parameter.value()) : parameter.value()).toFloatArray()));
        return values;
    }

    private PatchDiscriminator network() {
        PatchDiscriminator network = new PatchDiscriminator(3, new PatchSize(4, 2));
        network.initialise(manager, 5);
        network.makeTrainable();
        return network;
    }

    private Judgement judgement(float[]... layers) {
        return new Judgement(
                manager.zeros(new Shape(1)), List.of(manager.create(layers[0]), manager.create(layers[1])));
    }
}
