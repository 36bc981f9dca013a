package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {

    @Test
    void warmUpRisesInAStraightLine() {
        LearningRate rate = new LearningRate.Constant(2e-4, 500);
        assertThat(rate.at(0)).isZero();
        assertThat(rate.at(125)).isEqualTo(0.5e-4, within(1e-12));
        assertThat(rate.at(500)).isEqualTo(2e-4);
        assertThat(rate.at(1_000_000)).isEqualTo(2e-4);
    }

    @Test
    void cosineIsHalfWayDownInTheMiddleAndEndsAtZero() {
        LearningRate rate = new LearningRate.Cosine(1, 10, 110);
        assertThat(rate.at(10)).isEqualTo(1);
        assertThat(rate.at(35)).isEqualTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
        assertThat(rate.at(60)).isEqualTo(0.5, within(1e-12));
        assertThat(rate.at(110)).isZero();
        assertThat(rate.at(500)).isZero();
    }

    @Test
    void linearFallsInAStraightLine() {
        LearningRate rate = new LearningRate.Linear(1, 0, 100);
        assertThat(rate.at(0)).isEqualTo(1);
        assertThat(rate.at(25)).isEqualTo(0.75);
        assertThat(rate.at(100)).isZero();
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> new LearningRate.Constant(-1, 0)).hasMessageContaining("learning rate -1.0");
        assertThatThrownBy(() -> new LearningRate.Cosine(1, 100, 100)).hasMessageContaining("warm-up of 100");
        assertThatThrownBy(() -> new GradientClipping(0)).hasMessageContaining("0.0 must be positive");
        assertThatThrownBy(() -> new EmaDecay.WarmUp(1)).hasMessageContaining("keeps 1.0");
        assertThatThrownBy(() -> AdamWConfig.DEFAULT.withBetas(0.9, 1)).hasMessageContaining("beta2 1.0");
    }
}
