package io.percolate.vae;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchArray;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.testing.Reference;
import io.percolate.weights.WeightFile;
import io.percolate.weights.tensors.ElementType;
import io.percolate.weights.tensors.StateDict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinerLevelsTest {

    private static final VaeConfig SMALL = VaeConfig.of(List.of(8, 16), 1, 4, 4);

    @TempDir
    private Path folder;

    private final NDManager manager = TorchEngine.newManager();
    private final AutoencoderKl trained = new AutoencoderKl(SMALL);

    /** Its outermost convolutions look at one pixel each, so that they may come before or after 2x2 pixels are averaged. */
    @BeforeEach
    void train() {
        trained.initialise(manager, 1);
        looksAtOnePixel("encoder.conv_in.weight");
        looksAtOnePixel("decoder.conv_out.weight");
        trained.save(folder, ElementType.F32);
    }

    @AfterEach
    void free() {
        trained.close();
        manager.close();
    }

    @Test
    void largerImagesBeginWithTheLatentsThatTheyHadAtTheSmallerSize() {
        NDArray pixels = manager.randomUniform(-1, 1, new Shape(2, 3, 24, 32));
        NDArray smaller = Aten.scale(pixels.reshape(2, 3, 12, 2, 16, 2).sum(new int[] {3, 5}), 0.25);
        AutoencoderKl grown = grown(SMALL.withFiner(List.of(8)));
        assertSame(
                Gradients.off(() -> grown.encode(pixels)).mean(),
                Gradients.off(() -> trained.encode(smaller)).mean());
    }

    @Test
    void latentsBeginAsTheImagesThatTheyWereAtTwiceTheSize() {
        NDArray latents = manager.randomNormal(new Shape(2, 4, 6, 8));
        AutoencoderKl grown = grown(SMALL.withFiner(List.of(8)));
        NDArray twice =
                Gradients.off(() -> trained.decode(latents)).repeat(2, 2).repeat(3, 2);
        assertSame(Gradients.off(() -> grown.decode(latents)), twice);
    }

    @Test
    void everyLevelDoublesTheImagesThatItIsFor() {
        VaeConfig wanted = SMALL.withFiner(List.of(4, 8));
        assertThat(wanted.sampleSize()).isEqualTo(4 * SMALL.sampleSize());
        assertThat(wanted.downsamplingFactor()).isEqualTo(4 * SMALL.downsamplingFactor());
        assertThat(Gradients.off(() -> grown(wanted).encode(manager.zeros(new Shape(1, 3, 32, 32))))
                        .mean()
                        .getShape())
                .isEqualTo(new Shape(1, 4, 4, 4));
    }

    @Test
    void aLevelOfAnotherWidthBeginsAtRandomAndLeavesTheOthersWhatTheyAre() {
        AutoencoderKl grown = grown(SMALL.withFiner(List.of(4)));
        assertSame(
                value(grown, "encoder.down_blocks.2.resnets.0.conv1.weight"),
                value(trained, "encoder.down_blocks.1.resnets.0.conv1.weight"));
        assertThat(value(grown, "encoder.conv_in.weight").getShape()).isEqualTo(new Shape(4, 3, 3, 3));
    }

    private AutoencoderKl grown(VaeConfig wanted) {
        try (StateDict dict = WeightFile.open(folder)) {
            return AutoencoderKl.grow(SMALL, wanted, dict, 2, manager);
        }
    }

    private void looksAtOnePixel(String convolution) {
        NDArray weight = value(trained, convolution);
        NDArray middle = TorchArray.of(manager, new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, new Shape(1, 1, 3, 3));
        trained.assign(convolution, weight.mul(middle));
    }

    private static NDArray value(AutoencoderKl vae, String name) {
        return vae.parameters().get(name).value();
    }

    private static void assertSame(NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).isEqualTo(expected.getShape());
        assertThat(Reference.doubles(actual))
                .usingComparatorWithPrecision(1e-4)
                .containsExactly(Reference.doubles(expected));
    }
}
