package io.percolate.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.percolate.nn.optim.LearningRate.Decay;
import org.junit.jupiter.api.Test;

class LearningRateTest {

    @Test
    void warmUpRisesInAStraightLine() {
        LearningRate rate = new LearningRate(2e-4, 500, Decay.CONSTANT);
        assertThat(rate.at(0, 1_000_000)).isZero();
        assertThat(rate.at(125, 1_000_000)).isEqualTo(0.5e-4, within(1e-12));
        assertThat(rate.at(500, 1_000_000)).isEqualTo(2e-4);
        assertThat(rate.at(1_000_000, 1_000_000)).isEqualTo(2e-4);
    }

    @Test
    void cosineIsHalfWayDownInTheMiddleAndEndsAtZero() {
        LearningRate rate = new LearningRate(1, 10, Decay.COSINE);
        assertThat(rate.at(10, 110)).isEqualTo(1);
        assertThat(rate.at(35, 110)).isEqualTo((1 + Math.sqrt(0.5)) / 2, within(1e-12));
        assertThat(rate.at(60, 110)).isEqualTo(0.5, within(1e-12));
        assertThat(rate.at(110, 110)).isZero();
        assertThat(rate.at(500, 110)).isZero();
    }

    @Test
    void linearFallsInAStraightLine() {
        LearningRate rate = new LearningRate(1, 0, Decay.LINEAR);
        assertThat(rate.at(0, 100)).isEqualTo(1);
        assertThat(rate.at(25, 100)).isEqualTo(0.75);
        assertThat(rate.at(100, 100)).isZero();
    }

    @Test
    void aTrainingShorterThanItsWarmUpNeverReachesThePeak() {
        LearningRate rate = new LearningRate(1, 100, Decay.COSINE);
        assertThat(rate.at(50, 60)).isEqualTo(0.5);
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> new LearningRate(-1, 0, Decay.COSINE)).hasMessageContaining("learning rate -1.0");
        assertThatThrownBy(() -> new LearningRate(1, -1, Decay.COSINE)).hasMessageContaining("warm-up of -1");
        assertThatThrownBy(() -> new GradientClipping(0)).hasMessageContaining("0.0 must be positive");
        assertThatThrownBy(() -> new EmaDecay(1)).hasMessageContaining("keeps 1.0");
        assertThatThrownBy(() -> new AdamWConfig(0.9, 1, 1e-8, 0)).hasMessageContaining("beta2 1.0");
    }
}
