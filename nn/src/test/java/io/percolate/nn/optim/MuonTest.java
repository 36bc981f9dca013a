package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.layers.Initializer;
import io.percolate.nn.layers.Layer;
import io.percolate.nn.layers.Parameter;
import io.percolate.nn.random.NoiseSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MuonTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void aStepMovesEveryDirectionAlike() {
        TwoWeights model = new TwoWeights(manager);
        NDArray before = model.w.value().duplicate();
        model.backward();
        try (Muon muon = new Muon(Map.of("w", model.parameters().get("w")), MuonConfig.of(1))) {
            muon.step(0.1);
        }
        NDArray step = Gradients.off(() -> before.sub(model.w.value()).div(0.1 * 0.2 * Math.sqrt(3)));
        NDArray gram = step.matMul(step.transpose());
        // five iterations bring singular values to 0.7..1.2 (Jordan et al. 2024), whatever they were
        assertThat(gram.getFloat(0, 0)).isBetween(0.4f, 1.5f);
        assertThat(gram.getFloat(1, 1)).isBetween(0.4f, 1.5f);
        assertThat(gram.getFloat(0, 1)).isEqualTo(0, within(0.45f));
    }

    /** A matrix that is long in one direction goes another way, in float32, than a square one. */
    @ParameterizedTest
    @CsvSource({"8, 40", "40, 8", "8, 16", "16, 15"})
    void aStepIsThatOfFiveIterationsWhateverTheShape(int rows, int columns) {
        Assumptions.assumeTrue(Precision.suitedToTraining() == Precision.FP32);
        NDArray gradient = NoiseSource.seeded(1).normal(manager, new Shape(rows, columns), DataType.FLOAT32);
        Tilted model = new Tilted(gradient);
        model.backward();
        try (Muon muon = new Muon(model.parameters(), MuonConfig.of(1))) {
            muon.step(0.1);
        }
        double size = -0.1 * 0.2 * Math.sqrt(Math.max(rows, columns));
        NDArray step = Gradients.off(() -> model.w.value().div(size));
        assertThat(step.toFloatArray()).containsExactly(levelled(gradient).toFloatArray(), within(2e-4f));
    }

    /** Five Newton-Schulz iterations, as they are published (Jordan et al. 2024). */
    private static NDArray levelled(NDArray matrix) {
        NDArray x = matrix.div(matrix.norm());
        for (int i = 0; i < 5; i++) {
            NDArray a = x.matMul(x.transpose());
            NDArray b = a.mul(-4.775).add(a.matMul(a).mul(2.0315));
            x = x.mul(3.4445).add(b.matMul(x));
        }
        return x;
    }

    /** A matrix of zeros whose loss is a plane. */
    private static final class Tilted extends Layer {

        private final NDArray gradient;
        private final Parameter w;

        Tilted(NDArray gradient) {
            this.gradient = gradient;
            w = parameter("w", gradient.getShape(), Initializer.ZEROS);
            initialise(gradient.getManager(), 0);
            makeTrainable();
        }

        void backward() {
            NDArray loss = Gradients.on(() -> w.value().mul(gradient).sum());
            Gradients.backward(loss);
            loss.close();
        }
    }

    /** Two models whose gradients are the same but for the decay: what is left between them is the decay. */
    @Test
    void weightDecayPullsMatricesTowardsZero() {
        TwoWeights decayed = new TwoWeights(manager);
        TwoWeights plain = new TwoWeights(manager);
        NDArray before = decayed.w.value().duplicate();
        decayed.backward();
        plain.backward();
        try (Muon with = new Muon(Map.of("w", decayed.w), MuonConfig.of(2).withWeightDecay(0.05));
                Muon without = new Muon(Map.of("w", plain.w), MuonConfig.of(2))) {
            with.step(0.1);
            without.step(0.1);
        }
        NDArray pulled = Gradients.off(() -> plain.w.value().sub(decayed.w.value()));
        float[] expected = before.mul(2 * 0.1 * 0.05).toFloatArray();
        assertThat(pulled.toFloatArray()).containsExactly(expected, within(1e-6f));
    }

    @Test
    void theOptimizerGivesItTheHiddenMatricesOnly() {
        TwoWeights model = new TwoWeights(manager);
        OptimizerConfig config = OptimizerConfig.DEFAULT.withMuon(MuonConfig.of(2));
        try (Optimizer optimizer = new Optimizer(model.parameters(), config)) {
            assertThat(optimizer.state().keySet()).containsExactlyInAnyOrder("w.momentum", "b.exp_avg", "b.exp_avg_sq");
        }
    }

    @Test
    void aRestoredRunGoesOnExactly() {
        OptimizerConfig config = OptimizerConfig.DEFAULT.withMuon(MuonConfig.of(2));
        TwoWeights model = new TwoWeights(manager);
        TwoWeights twin = new TwoWeights(manager);
        try (Optimizer one = new Optimizer(model.parameters(), config);
                Optimizer other = new Optimizer(twin.parameters(), config)) {
            one.setLearningRate(0.01);
            other.setLearningRate(0.01);
            one.minimise(model::loss);
            twin.assign("w", copy(model.w.value()));
            twin.assign("b", copy(model.b.value()));
            twin.makeTrainable();
            other.restore(one.state(), one.ema().state(), one.steps());
            one.minimise(model::loss);
            other.minimise(twin::loss);
        }
        assertThat(twin.w.value().toFloatArray()).isEqualTo(model.w.value().toFloatArray());
        assertThat(twin.b.value().toFloatArray()).isEqualTo(model.b.value().toFloatArray());
    }

    private NDArray copy(NDArray array) {
        return manager.create(array.toFloatArray(), new Shape(array.getShape().getShape()));
    }
}
