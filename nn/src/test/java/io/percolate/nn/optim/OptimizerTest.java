package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.LearningRate.Decay;
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
    void aStepReportsLossNormAndRateAndDropsTheGradients() {
        optimizer.setLearningRate(0.01);
        Update update = optimizer.minimise(model::loss);
        // loss by hand, norm from torch 2.13
        assertThat(update.loss()).isEqualTo(-18.28125f);
        assertThat(update.gradientNorm()).isEqualTo(30.5496025f, within(1e-5f));
        assertThat(update.learningRate()).isEqualTo(0.01);
        assertThat(Gradients.of(model.w.value())).isNull();
        optimizer.setLearningRate(0.02);
        assertThat(optimizer.minimise(model::loss))
                .extracting(Update::step, Update::learningRate)
                .containsExactly(1L, 0.02);
    }

    @Test
    void aParameterMayMoveMoreSlowlyThanOthers() {
        try (Optimizer same = new Optimizer(model.parameters(), OptimizerConfig.DEFAULT, name -> 1);
                Optimizer still = new Optimizer(model.parameters(), OptimizerConfig.DEFAULT, name -> 0)) {
            float[] before = model.w.value().toFloatArray();
            still.setLearningRate(0.01);
            still.minimise(model::loss);
            assertThat(model.w.value().toFloatArray()).isEqualTo(before);
            same.setLearningRate(0.01);
            same.minimise(model::loss);
            assertThat(model.w.value().toFloatArray()).isNotEqualTo(before);
        }
    }

    @Test
    void infiniteGradientsTouchNothingAndDoNotStay() {
        optimizer.setLearningRate(0.01);
        float[] before = model.w.value().toFloatArray();
        assertThat(optimizer.minimise(() -> model.loss().mul(Float.NaN)).finite())
                .isFalse();
        assertThat(model.w.value().toFloatArray()).isEqualTo(before);
        assertThat(optimizer.steps()).isZero();
        assertThat(optimizer.minimise(model::loss).finite()).isTrue();
    }

    @Test
    void fiftyStepsLeaveNoArraysBehind() {
        optimizer.minimise(model::loss);
        int parameters = manager.getManagedArrays().size();
        int state = stateArrays();
        for (int step = 0; step < 50; step++) {
            optimizer.minimise(model::loss);
        }
        assertThat(manager.getManagedArrays()).hasSize(parameters);
        assertThat(stateArrays()).isEqualTo(state);
    }

    @Test
    void stateOutlivesTheScopeItWasMadeIn() {
        Optimizer[] made = new Optimizer[1];
        Scope.run(() -> made[0] = new Optimizer(model.parameters(), OptimizerConfig.DEFAULT));
        Scope.run(() -> made[0].minimise(model::loss));
        assertThat(made[0].minimise(model::loss).finite()).isTrue();
        made[0].close();
    }

    @Test
    void trainingLowersTheLoss() {
        TwoWeights bowl = new TwoWeights(manager);
        float[] losses = new float[200];
        LearningRate rate = new LearningRate(0.1, 10, Decay.COSINE);
        try (Optimizer descent = new Optimizer(bowl.parameters(), OptimizerConfig.DEFAULT)) {
            for (int step = 0; step < losses.length; step++) {
                descent.setLearningRate(rate.at(step, losses.length));
                losses[step] = descent.minimise(() -> bowl.w
                                .value()
                                .sub(1)
                                .square()
                                .sum()
                                .add(bowl.b.value().square().sum()))
                        .loss();
            }
        }
        assertThat(losses[losses.length - 1]).isLessThan(losses[0] / 1000);
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
