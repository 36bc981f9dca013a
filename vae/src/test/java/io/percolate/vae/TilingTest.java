package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilingTest {

    private static final Tiling TILING = new Tiling(8, 2, 0);

    private final NDManager manager = TorchEngine.newManager();

    @BeforeEach
    void seed() {
        TorchEngine.engine().setRandomSeed(1);
    }

    @AfterEach
    void free() {
        manager.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 14, 15, 20, 21, 100})
    void theWeightsOfEveryPlaceSumToOne(int length) {
        TiledAxis axis = new TiledAxis(length, TILING);
        double[] sums = new double[length * 3];
        for (int start : axis.starts()) {
            float[] weights = axis.weights(start, 3);
            for (int i = 0; i < weights.length; i++) {
                assertThat(weights[i]).isBetween(0f, 1f);
                sums[start * 3 + i] += weights[i];
            }
        }
        assertThat(sums).usingComparatorWithPrecision(1e-6).containsOnly(1);
    }

    @ParameterizedTest
    @CsvSource({"8, 1", "9, 2", "14, 2", "15, 3", "20, 3", "21, 4"})
    void noMoreTilesThanTheOverlapNeeds(int length, int count) {
        int[] starts = new TiledAxis(length, TILING).starts();
        assertThat(starts).hasSize(count);
        for (int i = 1; i < count; i++) {
            assertThat(starts[i] - starts[i - 1]).isBetween(1, 6);
        }
        assertThat(starts[count - 1] + 8).isEqualTo(length);
    }

    @Test
    void aNetworkThatLooksAtSinglePlacesDoesNotNoticeTheTiles() {
        NDArray latents = manager.randomNormal(new Shape(2, 3, 21, 13));
        NDArray decoded = TILING.apply(latents, 1, 4, x -> grow(x).mul(2));
        Reference.assertClose("decoded", decoded, grow(latents).mul(2), 1e-6);
        NDArray pixels = manager.randomNormal(new Shape(2, 3, 84, 52));
        NDArray encoded = TILING.apply(pixels, 4, 1, x -> Aten.averagePool(x, 4));
        Reference.assertClose("encoded", encoded, Aten.averagePool(pixels, 4), 1e-6);
    }

    /** What tiling changes, it changes gradually: nowhere on a tile's border more abruptly than elsewhere. */
    @Test
    void aTiledImageHasNoSeams() {
        VaeConfig config = VaeConfig.of(List.of(8, 8, 8), 1, 4, 4).withSampleSize(64);
        NDArray latents = manager.randomNormal(new Shape(1, 4, 16, 40));
        NDArray change =
                decode(config, Tiling.always(config), latents).sub(decode(config, Tiling.never(config), latents));
        float[] jumps = Aten.differences(change, 3)
                .abs()
                .max(new int[] {1})
                .max(new int[] {1})
                .toFloatArray();
        assertThat(jumps).hasSize(159);
        Set<Integer> borders = Set.of(12 * 4 - 1, 16 * 4 - 1, 24 * 4 - 1, 28 * 4 - 1);
        assertThat(largest(jumps, borders::contains)).isLessThanOrEqualTo(largest(jumps, i -> !borders.contains(i)));
    }

    @Test
    void tiledPixelsAreEncodedToTheSameShapeAndNothingIsLeftBehind() {
        VaeConfig config = VaeConfig.of(List.of(8, 8, 8), 1, 4, 4).withSampleSize(32);
        try (AutoencoderKl vae = new AutoencoderKl(config).withTiling(Tiling.always(config))) {
            vae.initialise(manager, 3);
            NDArray pixels = manager.randomUniform(-1, 1, new Shape(1, 3, 48, 80));
            int before = manager.getManagedArrays().size();
            try (LatentDistribution posterior = Gradients.off(() -> vae.encode(pixels))) {
                assertThat(posterior.mean().getShape()).isEqualTo(new Shape(1, 4, 12, 20));
                assertThat(manager.getManagedArrays()).hasSize(before + 2);
            }
        }
    }

    @Test
    void tilingIsOnByItselfAboveTheBudgetOfPixels() {
        Tiling tiling = Tiling.automatic(VaeConfig.stableDiffusion());
        assertThat(tiling).isEqualTo(new Tiling(64, 16, 1024 * 1024));
        assertThat(widestSeen(tiling, 1024)).isEqualTo(1024);
        assertThat(widestSeen(tiling, 1032)).isEqualTo(512);
    }

    @Test
    void tilesThatCannotOverlapAreRefused() {
        assertThatThrownBy(() -> new Tiling(8, 0, 0)).hasMessageContaining("tiles of 8 latents cannot overlap by 0");
        assertThatThrownBy(() -> new Tiling(8, 5, 0)).hasMessageContaining("at most half a tile");
    }

    /** Encodes an image 1024 pixels high and looks at what reaches the network. */
    private long widestSeen(Tiling tiling, long width) {
        AtomicLong widest = new AtomicLong();
        tiling.apply(manager.zeros(new Shape(1, 1, 1024, width)), 8, 1, x -> {
            widest.accumulateAndGet(x.getShape().get(3), Math::max);
            return Aten.averagePool(x, 8);
        });
        return widest.get();
    }

    private NDArray decode(VaeConfig config, Tiling tiling, NDArray latents) {
        try (AutoencoderKl vae = new AutoencoderKl(config).withTiling(tiling)) {
            vae.initialise(manager, 3);
            return Gradients.off(() -> vae.decode(latents));
        }
    }

    private static double largest(float[] values, IntPredicate chosen) {
        return IntStream.range(0, values.length)
                .filter(chosen)
                .mapToDouble(i -> values[i])
                .max()
                .orElseThrow();
    }

    private static NDArray grow(NDArray x) {
        return Aten.upsampleNearest(x, 4 * x.getShape().get(2), 4 * x.getShape().get(3));
    }
}
