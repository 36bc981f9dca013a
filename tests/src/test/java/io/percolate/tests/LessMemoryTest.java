package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Training in less memory arrives where training does: autoencoder, and denoisers, with the text encoder that is trained
 * with them, in latents and on pixels with dropout.
 */
class LessMemoryTest {

    private static final int STEPS = 4;

    @TempDir
    private Path folder;

    @Test
    void blocksComputedAgainGiveTheSameWeights() {
        TinyTraining plain = plain();
        TinyTraining checkpointed = plain.withGradientCheckpointing(folder.resolve("checkpointed"));
        trainInLatents(plain);
        trainInLatents(checkpointed);
        assertSame(plain, checkpointed, "vae", "model/unet", "model/text_encoder_2");
    }

    @Test
    void aBatchInPartsGivesTheSameWeights() {
        TinyTraining plain = plain();
        TinyTraining parts = plain.with("\"micro_batch\": 3", folder.resolve("parts"));
        Stream.of(plain, parts).forEach(training -> {
            trainInLatents(training);
            trainOnPixels(training);
        });
        assertSame(plain, parts, "vae", "model/unet", "model/text_encoder_2", "pixels/unet", "pixels/text_encoder_2");
    }

    @Test
    void partsWhoseBlocksAreComputedAgainDropTheSame() {
        TinyTraining plain = plain();
        TinyTraining both = plain.with("\"micro_batch\": 1, \"gradient_checkpointing\": true", folder.resolve("both"));
        Stream.of(plain, both).forEach(LessMemoryTest::trainOnPixels);
        assertSame(plain, both, "pixels/unet", "pixels/text_encoder_2");
    }

    /** A sum in another order is another number; Adafactor's steps differ by no more, where Muon's and Adam's do. */
    private TinyTraining plain() {
        return new TinyTraining(folder).with("\"optimizer\": \"adafactor\"", folder.resolve("plain"));
    }

    private static void trainInLatents(TinyTraining training) {
        training.draw();
        training.trainVae(STEPS);
        training.trainDiffusion(STEPS);
    }

    /** With dropout. */
    private static void trainOnPixels(TinyTraining training) {
        training.draw();
        training.trainPixels(training.pixelRecipe(), training.model().resolveSibling("pixels"), STEPS);
    }

    private static void assertSame(TinyTraining expected, TinyTraining actual, String... parts) {
        for (String part : parts) {
            assertSameWeights(
                    expected.model().resolveSibling(part), actual.model().resolveSibling(part));
        }
    }

    /** To the rounding of Muon's and Adam's steps, which are about as large as the learning rate. */
    private static void assertSameWeights(Path expected, Path actual) {
        try (NDManager manager = TorchEngine.newManager();
                StateDict first = WeightFile.open(expected);
                StateDict second = WeightFile.open(actual)) {
            assertThat(second.names()).isEqualTo(first.names());
            for (String name : first.names()) {
                NDArray apart = first.read(manager, name)
                        .sub(second.read(manager, name))
                        .abs();
                assertThat(apart.max().getFloat()).as(name).isCloseTo(0, within(1e-5f));
            }
        }
    }
}
