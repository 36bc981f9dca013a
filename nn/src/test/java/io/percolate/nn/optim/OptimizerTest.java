package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.Optimizer.Update;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OptimizerTest {

    private final NDManager manager = TorchEngine.newManager();
    private final TwoWeights model = new TwoWeights(manager);
    private final Optimizer optimizer = new Optimizer(model.parameters(), OptimizerConfig.DEFAULT);

    @AfterEach
    void free() {
        optimizer.close();
        manager.close();
    }

    @Test
    void aStepReportsNormAndRateAndDropsTheGradients() {
        // loss by hand, norm from torch 2.13
        assertThat(optimizer.accumulate(1, model::loss)).isEqualTo(-18.28125f);
        Update update = optimizer.step(0.01);
        assertThat(update.gradientNorm()).isEqualTo(30.5496025f, within(1e-5f));
        assertThat(update.learningRate()).isEqualTo(0.01);
        assertThat(Gradients.of(model.w.value())).isNull();
        optimizer.accumulate(1, model::loss);
        assertThat(optimizer.step(0.02))
                .extracting(Update::step, Update::learningRate)
                .containsExactly(1L, 0.02);
    }

    @Test
    void twoHalvesOfABatchHaveTheGradientOfTheWhole() {
        optimizer.accumulate(1, model::loss);
        float[] whole = gradient();
        optimizer.dropGradients();
        optimizer.accumulate(2, model::loss);
        optimizer.accumulate(2, model::loss);
        assertThat(gradient()).isEqualTo(whole);
    }

    @Test
    void infiniteGradientsTouchNothingAndDoNotStay() {
        float[] before = model.w.value().toFloatArray();
        optimizer.accumulate(1, () -> model.loss().mul(Float.NaN));
        assertThat(optimizer.step(0.01).finite()).isFalse();
        assertThat(model.w.value().toFloatArray()).isEqualTo(before);
        assertThat(optimizer.steps()).isZero();
        optimizer.accumulate(1, model::loss);
        assertThat(optimizer.step(0.01).finite()).isTrue();
    }

    @Test
    void fiftyStepsLeaveNoArraysBehind() {
        optimizer.accumulate(1, model::loss);
        optimizer.step(0.01);
        int parameters = manager.getManagedArrays().size();
        int state = stateArrays();
        for (int step = 0; step < 50; step++) {
            optimizer.accumulate(1, model::loss);
            optimizer.step(0.01);
        }
        assertThat(manager.getManagedArrays()).hasSize(parameters);
        assertThat(stateArrays()).isEqualTo(state);
    }

    @Test
    void stateOutlivesTheScopeItWasMadeIn() {
        Optimizer[] made = new Optimizer[1];
        Scope.run(() -> made[0] = new Optimizer(model.parameters(), OptimizerConfig.DEFAULT));
        Scope.run(() -> made[0].accumulate(1, model::loss));
        assertThat(made[0].step(0.01).finite()).isTrue();
        made[0].close();
    }

    @Test
    void trainingLowersTheLoss() {
        TwoWeights bowl = new TwoWeights(manager);
        float[] losses = new float[200];
        LearningRate rate = new LearningRate.Cosine(0.1, 10, losses.length);
        try (Optimizer descent = new Optimizer(bowl.parameters(), OptimizerConfig.DEFAULT)) {
            for (int step = 0; step < losses.length; step++) {
                losses[step] = descent.accumulate(1, () -> bowl.w
                        .value()
                        .sub(1)
                        .square()
                        .sum()
                        .add(bowl.b.value().square().sum()));
                descent.step(rate.at(step));
            }
        }
        assertThat(losses[losses.length - 1]).isLessThan(losses[0] / 1000);
    }

    private float[] gradient() {
        try (NDArray gradient = Gradients.of(model.w.value())) {
            return gradient.toFloatArray();
        }
    }

    private int stateArrays() {
        return optimizer
                        .state()
                        .get("w.exp_avg")
                        .getManager()
                        .getManagedArrays()
                        .size()
                + optimizer
                        .ema()
                        .state()
                        .get("w")
                        .getManager()
                        .getManagedArrays()
                        .size();
    }
}
