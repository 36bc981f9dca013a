package io.percolate.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training in less memory arrives where training does: autoencoder, and denoiser with the text encoder it trains. */
class GradientCheckpointingTest {

    private static final int STEPS = 4;

    @TempDir
    private Path folder;

    private TinyTraining plain;
    private TinyTraining checkpointed;

    @BeforeEach
    void draw() {
        plain = new TinyTraining(folder.resolve("plain"));
        checkpointed = plain.withGradientCheckpointing(folder.resolve("checkpointed"));
        plain.draw();
        checkpointed.draw();
        plain.trainVae(STEPS);
        checkpointed.trainVae(STEPS);
    }

    @Test
    void theAutoencoderIsTheSame() {
        assertSameWeights(plain.vae(), checkpointed.vae());
    }

    @Test
    void theDenoiserAndItsTextEncoderAreTheSame() {
        plain.trainDiffusion(STEPS);
        checkpointed.trainDiffusion(STEPS);
        assertSameWeights(plain.model().resolve("unet"), checkpointed.model().resolve("unet"));
        assertSameWeights(
                plain.model().resolve("text_encoder_2"), checkpointed.model().resolve("text_encoder_2"));
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
