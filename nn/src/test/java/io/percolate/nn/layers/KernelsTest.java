package io.percolate.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.DotProductAttention;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Processor;
import io.percolate.nn.engine.TorchEngine;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever kernel serves a prepacked layer gives what the plain operators give to the layer that trains. */
class KernelsTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = TorchEngine.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    /** A layer, its input's shape, and how it is called. */
    private record Subject<L extends Layer>(String name, L layer, Shape shape, Function<NDArray, NDArray> call) {

        static <L extends Layer> Subject<L> of(
                String name, L layer, Function<L, Function<NDArray, NDArray>> call, long... shape) {
            return new Subject<>(name, layer, new Shape(shape), call.apply(layer));
        }

        @Override
        public String toString() {
            return name + " of " + shape;
        }
    }

    static Stream<Subject<?>> subjects() {
        return Stream.of(
                Subject.of("3x3 convolution", new Conv2d(12, 20, 3), l -> l::forward, 2, 12, 9, 7),
                Subject.of("3x3 convolution to one pixel", new Conv2d(8, 8, 3, 2, 1), l -> l::forward, 1, 8, 2, 2),
                Subject.of("1x1 convolution", new Conv2d(5, 7, 1), l -> l::forward, 3, 5, 4, 6),
                Subject.of("linear", new Linear(24, 10), l -> l::forward, 2, 9, 24),
                Subject.of("linear without bias", new Linear(24, 10, false), l -> l::forward, 3, 24),
                Subject.of("feed-forward", new FeedForward(16), l -> l::forward, 2, 11, 16),
                Subject.of("upsampling", new Upsample(6), l -> l::forward, 1, 6, 5, 3),
                Subject.of(
                        "residual block",
                        new ResnetBlock(8, 16, new ResnetBlock.Style(4, 1e-5, 0)),
                        l -> l::forward,
                        2,
                        8,
                        6,
                        6),
                Subject.of("pixel attention", new AttentionBlock(16, 8, 4, 1e-6), l -> l::forward, 2, 16, 5, 7));
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void prepackedLayersGiveTheSameInFloat32(Subject<?> subject) {
        assertThat(error(subject, Precision.FP32)).isLessThan(1e-6);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void prepackedLayersGiveTheSameInBfloat16UpToItsRounding(Subject<?> subject) {
        assumeThat(Processor.hasBfloat16()).isTrue();
        assertThat(error(subject, Precision.BF16)).isLessThan(2e-2);
    }

    @Test
    void onePrepackedLayerTakesImagesOfAnySize() {
        Conv2d plain = new Conv2d(6, 6, 3);
        plain.initialise(manager, 1);
        Conv2d prepacked = new Conv2d(6, 6, 3);
        prepacked.initialise(manager, 1);
        prepacked.prepack(Precision.FP32);
        for (long side : new long[] {4, 32, 7}) {
            NDArray x = noise(new Shape(1, 6, side, side));
            assertThat(distance(prepacked.forward(x), plain.forward(x))).isLessThan(1e-6);
        }
    }

    @Test
    void packedWeightsCannotBeRead() {
        Linear layer = new Linear(4, 4);
        layer.initialise(manager, 1);
        layer.prepack(Precision.FP32);
        layer.forward(noise(new Shape(1, 4)));
        assertThatThrownBy(() -> layer.parameters().get("weight").value())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("packed for inference");
    }

    @Test
    void prepackedLayersLeaveNothingBehindButTheirWeights() {
        Linear layer = new Linear(4, 4);
        layer.initialise(manager, 1);
        layer.prepack(Precision.FP32);
        NDArray x = noise(new Shape(1, 4));
        layer.forward(x).close();
        int before = manager.getManagedArrays().size();
        layer.forward(x).close();
        assertThat(manager.getManagedArrays()).hasSize(before);
        layer.close();
        assertThat(manager.getManagedArrays()).hasSize(before - 2);
    }

    @ParameterizedTest
    @MethodSource("attentions")
    void everyAttentionGivesTheSame(Function<NDArray[], NDArray> attention) {
        NDArray[] xs = {noise(new Shape(2, 9, 12)), noise(new Shape(2, 5, 12)), noise(new Shape(2, 5, 12))};
        NDArray wanted = DotProductAttention.inFloat32(xs[0], xs[1], xs[2], 3, false);
        assertThat(distance(Gradients.off(() -> attention.apply(xs)), wanted)).isLessThan(1e-6);
    }

    static Stream<Function<NDArray[], NDArray>> attentions() {
        return Stream.of(
                xs -> DotProductAttention.asGiven(xs[0], xs[1], xs[2], 3, false),
                xs -> DotProductAttention.byProducts(xs[0], xs[1], xs[2], 3),
                xs -> DotProductAttention.inChunks(xs[0], xs[1], xs[2], 3, 4),
                xs -> Kernels.attention(xs[0], xs[1], xs[2], 3, false));
    }

    @Test
    void attentionByProductsHasTheGradientsOfTheFusedKernel() {
        NDArray[] xs = {noise(new Shape(2, 9, 12)), noise(new Shape(2, 5, 12)), noise(new Shape(2, 5, 12))};
        assertSameGradients(
                leaves -> DotProductAttention.byProducts(leaves[0], leaves[1], leaves[2], 3),
                leaves -> DotProductAttention.inFloat32(leaves[0], leaves[1], leaves[2], 3, false),
                1e-6,
                xs);
    }

    @Test
    void attentionInBfloat16HasTheGradientsOfFloat32UpToItsRounding() {
        NDArray[] xs = {noise(new Shape(2, 9, 64)), noise(new Shape(2, 5, 64)), noise(new Shape(2, 5, 64))};
        for (long heads : new long[] {2, 8}) {
            assertSameGradients(
                    leaves -> Aten.to(
                            Kernels.attention(half(leaves[0]), half(leaves[1]), half(leaves[2]), heads, false),
                            Precision.FP32),
                    leaves -> DotProductAttention.inFloat32(leaves[0], leaves[1], leaves[2], heads, false),
                    2e-2,
                    xs);
        }
    }

    @Test
    void gegluOfALinearLayerHasTheGradientsOfBothInTurn() {
        NDArray[] xs = {noise(new Shape(2, 9, 6)), noise(new Shape(8, 6)), noise(new Shape(8))};
        assertSameGradients(
                leaves -> Aten.gegluOfLinear(leaves[0], leaves[1], leaves[2]),
                leaves -> Aten.geglu(Aten.linear(leaves[0], leaves[1], leaves[2])),
                1e-6,
                xs);
    }

    private static NDArray half(NDArray x) {
        return Aten.to(x, Precision.BF16);
    }

    private void assertSameGradients(
            Function<NDArray[], NDArray> given, Function<NDArray[], NDArray> wanted, double error, NDArray... xs) {
        NDArray[] some = gradients(given, xs);
        NDArray[] others = gradients(wanted, xs);
        for (int i = 0; i < xs.length; i++) {
            assertThat(distance(some[i], others[i])).isLessThan(error);
        }
    }

    /** Of the result's sum of squares. */
    private static NDArray[] gradients(Function<NDArray[], NDArray> call, NDArray... xs) {
        NDArray[] leaves = Stream.of(xs).map(Gradients::leaf).toArray(NDArray[]::new);
        Gradients.on(() -> {
            Gradients.backward(call.apply(leaves).square().sum());
            return null;
        });
        return Stream.of(leaves).map(Gradients::of).toArray(NDArray[]::new);
    }

    /** How far the prepacked layer is from the plain one, relative to the latter. */
    private double error(Subject<?> subject, Precision precision) {
        subject.layer().initialise(manager, 7);
        subject.layer().parameters().values().stream()
                .filter(parameter -> parameter.shape().dimension() > 1)
                .forEach(parameter -> parameter.set(noise(parameter.shape()).mul(0.2)));
        return Gradients.off(() -> {
            NDArray x = noise(subject.shape());
            NDArray wanted = subject.call().apply(x);
            subject.layer().prepack(precision);
            NDArray given = Aten.to(subject.call().apply(Aten.to(x, precision)), Precision.FP32);
            assertThat(given.getShape()).isEqualTo(wanted.getShape());
            return distance(given, wanted);
        });
    }

    private static double distance(NDArray a, NDArray b) {
        return a.sub(b).norm().getFloat() / b.norm().getFloat();
    }

    private NDArray noise(Shape shape) {
        return manager.randomNormal(shape);
    }
}
