package io.percolate.nn.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.TorchEngine;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Expected numbers: {@code torch.randn(shape, generator=torch.Generator().manual_seed(seed))} of torch 2.13, CPU. */
class NoiseSourceTest {

    private static final Offset<Float> ROUNDING = within(1e-6f);
    private static final Shape LATENTS = new Shape(1, 4, 8, 8);

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void twisterGivesThe10000thNumberOfTheCppStandard() {
        MersenneTwister twister = new MersenneTwister(5489);
        for (int i = 1; i < 10000; i++) {
            twister.nextInt();
        }
        assertThat(Integer.toUnsignedLong(twister.nextInt())).isEqualTo(4123659995L);
    }

    @Test
    void latentsOfAnImageAreTorchs() {
        float[] latents = floats(NoiseSource.seeded(120), LATENTS);
        assertPicked(latents, new int[] {0, 1, 2, 3}, 0.58979553f, -0.96009612f, -0.76956427f, -0.58654571f);
        assertPicked(latents, new int[] {254, 255}, 0.98970842f, 0.04014050f);
    }

    @Test
    void latentsOfABatchFromOneSeedAreThoseOfTheReferenceCases() {
        // tensor "latents" of sd1-tiny/expected_ddim, sd2-tiny/expected_ddim, sdxl-tiny/expected_euler
        float[] sd1 = floats(NoiseSource.seeded(120), new Shape(2, 4, 8, 8));
        assertPicked(sd1, new int[] {0, 1, 510, 511}, 0.58979553f, -0.96009612f, 2.02667689f, -1.48321486f);
        float[] sd2 = floats(NoiseSource.seeded(220), new Shape(2, 4, 8, 12));
        assertPicked(sd2, new int[] {0, 1, 766, 767}, 0.48889312f, 0.62525094f, 0.69347829f, 0.90179497f);
        float[] sdxl = floats(NoiseSource.seeded(320), LATENTS);
        assertPicked(sdxl, new int[] {0, 1, 254, 255}, -1.23310506f, 1.29849815f, 0.25296348f, -0.42436111f);
    }

    @Test
    void sizesThatAreNoMultipleOf16RedrawTheirTail() {
        float[] twenty = floats(NoiseSource.seeded(42), new Shape(20));
        assertPicked(twenty, new int[] {0, 1, 2, 3}, 1.92691529f, 1.48728406f, 0.90071720f, -2.10552096f);
        assertPicked(twenty, new int[] {4, 11, 12, 19}, -0.75813115f, 0.24148779f, -0.23162432f, -0.62159538f);
    }

    @Test
    void fewNumbersKeepTheSecondOfAPairForTheNextDraw() {
        NoiseSource source = NoiseSource.seeded(42);
        assertPicked(floats(source, new Shape(3)), new int[] {0, 1, 2}, 0.33669037f, 0.12880941f, 0.23446237f);
        assertPicked(floats(source, new Shape(3)), new int[] {0, 1, 2}, 0.23033303f, -1.12285638f, -0.18632829f);
        assertPicked(floats(source, new Shape(16)), new int[] {0, 1, 2}, -0.24825750f, -1.20821475f, -0.47766745f);
    }

    @Test
    void float64HasItsOwnNumbers() {
        NDArray many = NoiseSource.seeded(42).normal(manager, new Shape(20), DataType.FLOAT64);
        assertThat(many.toDoubleArray()[0]).isEqualTo(0.2995562877502637, within(1e-14));
        assertThat(many.toDoubleArray()[19]).isEqualTo(-0.33113931395169954, within(1e-14));
        NDArray few = NoiseSource.seeded(42).normal(manager, new Shape(5), DataType.FLOAT64);
        assertThat(few.toDoubleArray()[4]).isEqualTo(-1.1228563767381703, within(1e-14));
    }

    @Test
    void aSecondDrawContinuesTheStream() {
        NoiseSource source = NoiseSource.perImage(7);
        Shape shape = new Shape(1, 4, 5, 5);
        floats(source, shape);
        assertPicked(floats(source, shape), new int[] {0, 50, 99}, -0.58595663f, 0.16545379f, -0.79069149f);
    }

    @Test
    void anImageDependsOnItsSeedAloneAndNotOnTheBatch() {
        NoiseSource batch = NoiseSource.perImage(3, 120, 3);
        NoiseSource alone = NoiseSource.perImage(120);
        for (int draw = 0; draw < 2; draw++) {
            NDArray rows = batch.normal(manager, new Shape(3, 4, 5, 5), DataType.FLOAT32);
            assertThat(rows.get(1).toFloatArray()).isEqualTo(floats(alone, new Shape(1, 4, 5, 5)));
            assertThat(rows.get(2).toFloatArray()).isEqualTo(rows.get(0).toFloatArray());
        }
    }

    @Test
    void wrongTypesAndSeedCountsAreRefused() {
        assertThatThrownBy(() -> NoiseSource.seeded(1).normal(manager, LATENTS, DataType.INT32))
                .hasMessageContaining("noise of type int32");
        assertThatThrownBy(() -> floats(NoiseSource.perImage(1, 2), LATENTS))
                .hasMessageContaining("noise of shape (1, 4, 8, 8) from 2 seeds");
    }

    @Test
    void noiseForAnArrayHasItsTypeAndShape() {
        NDArray latents = manager.zeros(new Shape(2, 4), DataType.FLOAT64);
        assertThat(NoiseSource.seeded(1).normal(latents).getDataType()).isEqualTo(DataType.FLOAT64);
        NDArray half = Aten.to(manager.zeros(LATENTS), Precision.BF16);
        NDArray noise = Aten.to(NoiseSource.seeded(120).normal(half), Precision.FP32);
        assertThat(noise.getShape()).isEqualTo(LATENTS);
        assertThat(noise.getFloat(0, 0, 0, 0)).isEqualTo(0.58979553f, within(2e-3f));
    }

    @Test
    void threadsDoNotDisturbEachOther() {
        Shape shape = new Shape(1, 3, 64, 64);
        float[] expected = floats(NoiseSource.seeded(9), shape);
        CompletableFuture<float[]> first = CompletableFuture.supplyAsync(() -> floats(NoiseSource.seeded(9), shape));
        CompletableFuture<float[]> second = CompletableFuture.supplyAsync(() -> floats(NoiseSource.seeded(9), shape));
        assertThat(first.join()).isEqualTo(expected);
        assertThat(second.join()).isEqualTo(expected);
    }

    private float[] floats(NoiseSource source, Shape shape) {
        return source.normal(manager, shape, DataType.FLOAT32).toFloatArray();
    }

    private static void assertPicked(float[] values, int[] indices, float... expected) {
        for (int i = 0; i < indices.length; i++) {
            assertThat(values[indices[i]]).isEqualTo(expected[i], ROUNDING);
        }
    }
}
