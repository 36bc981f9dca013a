package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatentAlignmentTest {

    private static final int CHANNELS = 4;

    @TempDir
    private Path folder;

    private final NDManager manager = TorchEngine.newManager();
    private final AutoencoderKl vae = new AutoencoderKl(VaeConfig.of(List.of(8, 16), 1, CHANNELS, 4));
    private final LatentAlignment alignment = new LatentAlignment(CHANNELS);

    private NDArray pixels;
    private NDArray own;

    @BeforeEach
    void encode() {
        TorchEngine.engine().setRandomSeed(1);
        vae.initialise(manager, 1);
        pixels = manager.randomUniform(-1, 1, new Shape(8, 3, 32, 32));
        own = mean(vae);
    }

    @AfterEach
    void free() {
        vae.close();
        manager.close();
    }

    @Test
    void latentsThatDependOnOthersLinearlyBecomeThose() {
        NDArray others = linear(own);
        alignment.add(own, others);
        try (AutoencoderKl aligned = aligned()) {
            Reference.assertClose("latents", mean(aligned), others, 1e-3);
            Reference.assertClose(
                    "a sample of the posterior",
                    Gradients.off(() -> aligned.encodeScaled(pixels, manager.ones(own.getShape()))),
                    others,
                    1e-3);
        }
    }

    @Test
    void imagesStayWhatTheyWere() {
        alignment.add(own, linear(own));
        try (AutoencoderKl aligned = aligned()) {
            Reference.assertClose(
                    "what is decoded",
                    Gradients.off(() -> aligned.decodeScaled(mean(aligned))),
                    Gradients.off(() -> vae.decode(own)),
                    1e-3);
        }
    }

    @Test
    void whatDependsOnOthersInPartVariesAsMuchAsThose() {
        NDArray others = linear(own).add(manager.randomNormal(own.getShape()));
        alignment.add(own, others);
        try (AutoencoderKl aligned = aligned()) {
            assertThat(variance(mean(aligned))).isCloseTo(variance(others), within(1e-2));
        }
    }

    @Test
    void batchesAreAddedUp() {
        NDArray others = linear(own);
        alignment.add(own.get("0:3"), others.get("0:3"));
        alignment.add(own.get("3:8"), others.get("3:8"));
        try (AutoencoderKl aligned = aligned()) {
            Reference.assertClose("latents", mean(aligned), others, 1e-3);
        }
    }

    @Test
    void latentsOfOtherShapesAreRefused() {
        assertThatThrownBy(() -> alignment.add(own, manager.zeros(new Shape(8, CHANNELS, 8, 8))))
                .hasMessageContaining("(8, 4, 16, 16) and (8, 4, 8, 8) cannot be aligned");
    }

    private AutoencoderKl aligned() {
        vae.save(folder, alignment);
        return AutoencoderKl.load(folder, manager);
    }

    private NDArray mean(AutoencoderKl network) {
        return Gradients.off(() -> network.encode(pixels).mean());
    }

    /** Each channel and half of the next one, and 3. */
    private static NDArray linear(NDArray latents) {
        NDArray next = latents.get(":, 1:").concat(latents.get(":, :1"), 1);
        return latents.add(next.mul(0.5f)).add(3);
    }

    /** Of the first channel. */
    private static double variance(NDArray latents) {
        NDArray channel = latents.get(":, 0");
        return channel.sub(channel.mean()).square().mean().getFloat();
    }
}
