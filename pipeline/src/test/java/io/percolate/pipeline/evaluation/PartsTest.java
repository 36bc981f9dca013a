package io.percolate.pipeline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.evaluation.features.FeatureStatistics;
import io.percolate.pipeline.evaluation.features.FrechetDistance;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parts merge to the whole, whatever their sizes. */
class PartsTest {

    private static final int IMAGES = 50;
    private static final int FEATURES = 8;

    @Test
    void momentsOfPartsAreThoseOfTheWhole() {
        double[] values = new Random(1).doubles(IMAGES, 5, 9).toArray();
        Moments whole = Moments.of(values);
        Moments merged = Moments.NONE
                .merge(Moments.of(Arrays.copyOfRange(values, 0, 1)))
                .merge(Moments.of(Arrays.copyOfRange(values, 1, 33)))
                .merge(Moments.NONE)
                .merge(Moments.of(Arrays.copyOfRange(values, 33, IMAGES)));
        assertThat(merged.count()).isEqualTo(IMAGES);
        assertThat(merged.mean()).isEqualTo(whole.mean(), within(1e-13));
        assertThat(merged.squares()).isEqualTo(whole.squares(), within(1e-12));
    }

    @Test
    void theFrechetDistanceOfPartsIsThatOfTheWhole() {
        try (NDManager manager = TorchEngine.newManager()) {
            NDArray real = features(manager, 1);
            NDArray other = features(manager, 2);
            FeatureStatistics parts = FeatureStatistics.none()
                    .merge(FeatureStatistics.of(Aten.rows(real, 0, 1)))
                    .merge(FeatureStatistics.of(Aten.rows(real, 1, 20)))
                    .merge(FeatureStatistics.of(Aten.rows(real, 20, IMAGES)));
            assertThat(FrechetDistance.between(parts, FeatureStatistics.of(other)))
                    .isEqualTo(FrechetDistance.between(real, other), within(1e-9));
        }
    }

    /** By hand: images 2 and 3 are nearer than 4, but 3 is the own one; image 4 is further. */
    @Test
    void aQueryCountsWhatIsNearerThanItsOwnImage() {
        Query query = new Query("trained", 3, new float[] {0, 0}, 4);
        List<float[]> others = List.of(new float[] {1, 1}, new float[] {0, 0}, new float[] {2, 1});
        assertThat(query.nearer(others, 2)).isEqualTo(1);
        assertThat(query.nearer(others, 10)).isEqualTo(2);
    }

    private static NDArray features(NDManager manager, long seed) {
        Random random = new Random(seed);
        double[] values = new double[IMAGES * FEATURES];
        Arrays.setAll(values, i -> random.nextGaussian() * (1 + i % FEATURES) + seed);
        return TorchArray.of(manager, values, new Shape(IMAGES, FEATURES));
    }
}
