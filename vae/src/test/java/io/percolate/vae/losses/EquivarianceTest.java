package io.percolate.vae.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.TorchEngine;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EquivarianceTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void latentsDecodeToTheSizeOfTheTransformedImage() {
        SpatialTransform transform = new SpatialTransform(0.4, 1);
        NDArray latents = transform.latents(manager.zeros(new Shape(1, 4, 8, 16)));
        NDArray images = transform.images(manager.zeros(new Shape(1, 3, 64, 128)), 8);
        assertThat(latents.getShape()).isEqualTo(new Shape(1, 4, 7, 4));
        assertThat(images.getShape()).isEqualTo(new Shape(1, 3, 56, 32));
    }

    @Test
    void aQuarterTurnsCounterClockwise() {
        NDArray image = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 1, 2, 2));
        assertThat(new SpatialTransform(1, 1).images(image, 1).toFloatArray()).containsExactly(2, 4, 1, 3);
    }

    @Test
    void shrinkingAveragesAllThatBecomesOneValue() {
        NDArray stripes = manager.arange(16f).mod(2).broadcast(1, 1, 16, 16);
        NDArray shrunk = new SpatialTransform(0.25, 0).images(stripes, 1);
        assertThat(shrunk.get("0, 0, 1:3, 1:3").toFloatArray())
                .usingComparatorWithPrecision(1e-6f)
                .containsOnly(0.5f);
    }

    @Test
    void theGivenShareOfTheStepsIsTransformedAndNoImageGetsTooSmall() {
        Equivariance equivariance = new Equivariance(0.5, 32);
        SplittableRandom random = new SplittableRandom(1);
        int transformed = 0;
        for (int i = 0; i < 1000; i++) {
            SpatialTransform transform = equivariance.next(64, random);
            transformed += transform.equals(SpatialTransform.NONE) ? 0 : 1;
            assertThat(transform.scale()).isBetween(0.5, 1.0);
            assertThat(transform.quarters()).isBetween(0, 3);
        }
        assertThat(transformed).isBetween(450, 550);
    }

    @Test
    void withoutASharePlainStepsTakeNothingFromTheRandomNumbers() {
        SplittableRandom random = new SplittableRandom(1);
        assertThat(Equivariance.NONE.next(64, random)).isSameAs(SpatialTransform.NONE);
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(1).nextLong());
    }
}
