package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatentScaleTest {

    private final NDManager manager = TorchEngine.newManager();

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void theFactorMultipliesAfterTheShiftIsSubtracted() {
        LatentScale scale = new LatentScale(1.5305, 0.0609, List.of(), List.of());
        NDArray scaled = scale.apply(manager.full(new Shape(1, 2, 1, 1), 1.0609f));
        assertThat(scaled.toFloatArray()).usingComparatorWithPrecision(1e-6f).containsExactly(1.5305f, 1.5305f);
    }

    @Test
    void channelsHaveTheirOwnMeanAndDeviation() {
        LatentScale scale = new LatentScale(0.5, 0, List.of(1.0, -1.0), List.of(2.0, 4.0));
        NDArray latents = manager.create(new float[] {5, 7}, new Shape(1, 2, 1, 1));
        assertThat(scale.apply(latents).toFloatArray()).containsExactly(1, 1);
        assertThat(scale.undo(scale.apply(latents)).toFloatArray()).containsExactly(5, 7);
    }

    @Test
    void contradictingOptionsAreRefused() {
        assertThatThrownBy(() -> LatentScale.of(0)).hasMessageContaining("scaling_factor is 0.0");
        assertThatThrownBy(() -> LatentScale.perChannel(List.of(1.0), List.of()))
                .hasMessageContaining("latents_std []");
        assertThatThrownBy(() -> new LatentScale(1, 0.1, List.of(1.0), List.of(1.0)))
                .hasMessageContaining("shift_factor 0.1");
    }

    @Test
    void theMeasuredScaleGivesUnitVariance() {
        NDArray latents = manager.randomNormal(3f, 5f, new Shape(64, 4, 8, 8), DataType.FLOAT32);
        LatentStatistics statistics = new LatentStatistics(4);
        statistics.add(latents);
        float[] scaled = statistics.scale().apply(latents).toFloatArray();
        assertThat(deviation(scaled)).isCloseTo(1, Offset.offset(1e-5));
    }

    /** Means of deviation 3 and posteriors of deviation 4 make samples of deviation 5. */
    @Test
    void samplesOfWidePosteriorsHaveUnitVarianceToo() {
        Shape shape = new Shape(64, 4, 8, 8);
        LatentDistribution posterior = new LatentDistribution(
                manager.randomNormal(1f, 3f, shape, DataType.FLOAT32), manager.full(shape, (float) Math.log(16)));
        LatentStatistics statistics = new LatentStatistics(4);
        statistics.add(posterior);
        NDArray samples = posterior.sample(manager.randomNormal(shape));
        assertThat(deviation(statistics.scalePerChannel().apply(samples).toFloatArray()))
                .isCloseTo(1, Offset.offset(0.02));
        assertThat(1 / statistics.scale().factor()).isCloseTo(5, Offset.offset(0.1));
    }

    @Test
    void manySmallBatchesMeasureWhatOneLargeBatchDoes() {
        NDArray latents = manager.randomNormal(new Shape(32, 2, 4, 4)).mul(0.01).add(1000);
        LatentStatistics whole = new LatentStatistics(2);
        LatentStatistics piecewise = new LatentStatistics(2);
        whole.add(latents);
        for (int i = 0; i < 32; i++) {
            piecewise.add(latents.get(i).expandDims(0));
        }
        double factor = whole.scale().factor();
        assertThat(piecewise.scale().factor()).isCloseTo(factor, Offset.offset(1e-9 * factor));
        assertThat(1 / factor).isCloseTo(deviation(latents.toFloatArray()), Offset.offset(1e-9));
    }

    @Test
    void channelsAreMeasuredApart() {
        NDArray latents = manager.create(new float[] {1, 3, 10, 30, 5, 7, 50, 70}, new Shape(2, 2, 1, 2));
        LatentStatistics statistics = new LatentStatistics(2);
        statistics.add(latents);
        LatentScale scale = statistics.scalePerChannel();
        assertThat(scale.mean()).containsExactly(4.0, 40.0);
        assertThat(scale.std()).containsExactly(Math.sqrt(5), 10 * Math.sqrt(5));
    }

    @Test
    void latentsThatDoNotVaryHaveNoScale() {
        LatentStatistics statistics = new LatentStatistics(4);
        assertThatThrownBy(statistics::scale).hasMessageContaining("over 0 values");
        statistics.add(manager.zeros(new Shape(1, 4, 2, 2)));
        assertThatThrownBy(statistics::scale).hasMessageContaining("standard deviation is 0.0");
        assertThatThrownBy(() -> statistics.add(manager.zeros(new Shape(1, 3, 2, 2))))
                .hasMessageContaining("statistics are of 4 channels");
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double squares = 0;
        for (float value : values) {
            squares += Math.pow(value - sum / values.length, 2);
        }
        return Math.sqrt(squares / values.length);
    }
}
