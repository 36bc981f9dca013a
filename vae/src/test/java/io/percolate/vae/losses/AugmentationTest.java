package io.percolate.vae.losses;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.nn.optim.MicroBatch;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private final NDManager manager = TorchEngine.newManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private static final Augmentations ALL = new Augmentations(List.of(Augmentation.values()));

    /** Numbers of the published colour functions in float64, for brightness 0.25, saturation 0.5 and contrast 1.4. */
    @Test
    void coloursChangeAsInThePublishedCode() {
        float[] image = {0, 1, 0.5f, -0.5f, 1, 0, 0, 0.5f, -1, 0.5f, 0, 1};
        NDArray changed = Augmentation.COLOR.apply(
                manager.create(image, new Shape(1, 3, 2, 2)), List.of(new double[] {0.75, 0.25, 0.9}));
        assertThat(changed.toFloatArray())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(
                        0.15f, 1.2f, 0.616667f, 0.033333f, 0.85f, 0.5f, 0.266667f, 0.733333f, -0.55f, 0.85f, 0.266667f,
                        1.083333f);
    }

    /** Of 16 rows two are an eighth: 0 moves two up, 0.99 two down, and the columns stay at 0.5. */
    @Test
    void imagesMoveByUpToAnEighthAndZerosComeIn() {
        NDArray rows = manager.arange(1, 17, 1f).reshape(1, 1, 16, 1).broadcast(2, 1, 16, 8);
        NDArray moved = Augmentation.TRANSLATION.apply(rows, List.of(new double[] {0, 0.5}, new double[] {0.99, 0.5}));
        assertThat(moved.get("0, 0, :, 3").toFloatArray()).startsWith(3, 4, 5).endsWith(16, 0, 0);
        assertThat(moved.get("1, 0, :, 3").toFloatArray()).startsWith(0, 0, 1).endsWith(13, 14);
    }

    /** Half of 8 around row 4, and around column 0, where half of it lies outside. */
    @Test
    void aRectangleOfHalfTheSidesIsCutOut() {
        NDArray cut = Augmentation.CUTOUT.apply(manager.ones(new Shape(1, 3, 8, 8)), List.of(new double[] {0.5, 0}));
        assertThat(cut.get("0, 1, :, 0").toFloatArray()).containsExactly(1, 1, 0, 0, 0, 0, 1, 1);
        assertThat(cut.get("0, 1, 3, :").toFloatArray()).containsExactly(0, 0, 1, 1, 1, 1, 1, 1);
    }

    @Test
    void gradientsReachWhatIsLeftOfAnImage() {
        NDArray image = manager.ones(new Shape(1, 1, 8, 8));
        image.setRequiresGradient(true);
        Gradients.backward(Gradients.on(() -> Augmentation.CUTOUT
                .apply(image, List.of(new double[] {0.5, 0.5}))
                .sum()));
        assertThat(Gradients.of(image).get("0, 0, :, 4").toFloatArray()).containsExactly(1, 1, 0, 0, 0, 0, 1, 1);
    }

    @Test
    void partsOfABatchAreAugmentedAsTheWhole() {
        NDArray images = manager.randomUniform(-1, 1, new Shape(3, 3, 16, 16));
        ImageAugmentation augmentation = ALL.next(3, new SplittableRandom(1));
        NDArray whole = augmentation.apply(images, new MicroBatch(0, 3, 3));
        NDArray last = augmentation.apply(images.get("1:3"), new MicroBatch(1, 2, 3));
        assertThat(last.toFloatArray()).containsExactly(whole.get("1:3").toFloatArray());
        assertThat(whole.toFloatArray()).isNotEqualTo(images.toFloatArray());
    }

    @Test
    void withoutAugmentationsNothingChangesAndNoRandomNumberIsTaken() {
        SplittableRandom random = new SplittableRandom(1);
        NDArray images = manager.ones(new Shape(1, 3, 8, 8));
        assertThat(Augmentations.NONE.next(1, random).apply(images, new MicroBatch(0, 1, 1)))
                .isSameAs(images);
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(1).nextLong());
    }
}
