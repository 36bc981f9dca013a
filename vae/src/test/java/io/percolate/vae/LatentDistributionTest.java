package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatentDistributionTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void aStandardNormalHasNoDivergenceFromItself() {
        LatentDistribution standard = LatentDistribution.of(manager.zeros(new Shape(2, 8, 3, 3)));
        assertThat(standard.kl().toFloatArray()).containsExactly(0, 0);
    }

    @Test
    void divergenceIsSummedOverEachImage() {
        LatentDistribution posterior = distribution(2, (float) Math.log(4));
        double perLatent = 0.5 * (2 * 2 + 4 - 1 - Math.log(4));
        assertThat(posterior.kl().getFloat(0)).isCloseTo((float) (4 * perLatent), Offset.offset(1e-5f));
    }

    @Test
    void extremeLogVariancesAreClamped() {
        assertThat(distribution(0, 1000).logvar().toFloatArray()).containsOnly(20);
        assertThat(distribution(0, -1000).logvar().toFloatArray()).containsOnly(-30);
        assertThat(distribution(0, 1000).std().toFloatArray()).containsOnly((float) Math.exp(10));
    }

    @Test
    void aSampleIsTheMeanPlusNoiseTimesTheDeviation() {
        LatentDistribution posterior = distribution(3, (float) Math.log(0.25));
        NDArray noise = manager.full(new Shape(1, 1, 2, 2), -2f);
        assertThat(posterior.sample(noise).toFloatArray()).containsOnly(2);
        assertThat(posterior.mode().toFloatArray()).containsOnly(3);
    }

    @Test
    void bf16MomentsGiveAFloat32PosteriorThatGradientsPassThrough() {
        NDArray moments = manager.full(new Shape(1, 2, 2, 2), 0.5f);
        moments.setRequiresGradient(true);
        NDArray loss = Gradients.on(() ->
                LatentDistribution.of(Aten.to(moments, Precision.BF16)).kl().sum());
        Gradients.backward(loss);
        float ofLogvar = (float) (0.5 * (Math.exp(0.5) - 1));
        assertThat(Gradients.of(moments).toFloatArray())
                .usingComparatorWithPrecision(2e-3f)
                .containsExactly(0.5f, 0.5f, 0.5f, 0.5f, ofLogvar, ofLogvar, ofLogvar, ofLogvar);
    }

    /** One channel of 2x2 latents, all alike. */
    private LatentDistribution distribution(float mean, float logvar) {
        NDArray means = manager.full(new Shape(1, 1, 2, 2), mean);
        return LatentDistribution.of(means.concat(manager.full(new Shape(1, 1, 2, 2), logvar), 1));
    }
}
