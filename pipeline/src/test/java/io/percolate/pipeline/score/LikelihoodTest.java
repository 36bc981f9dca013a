package io.percolate.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.testing.Reference;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LikelihoodTest {

    private static final LikelihoodSettings SETTINGS =
            new LikelihoodSettings(4, Optional.of(40), Variance.FIXED_LARGE, Optional.of(FlowSettings.DEFAULT));

    @TempDir
    private Path data;

    @BeforeEach
    void writeImages() {
        for (int i = 0; i < 2; i++) {
            ImageFiles.writePng(data.resolve(i + ".png"), image(i));
        }
    }

    /** Standard normal latents have log-density -(log 2 pi + x^2) / 2 each. */
    @Test
    void theLikelihoodOfANormalModelIsInClosedForm() {
        List<LikelihoodListener.Stage> stages = new ArrayList<>();
        try (DiffusionModel model = NormalModel.load()) {
            LikelihoodReport report =
                    Likelihood.of(model, ImageDataset.open(data), SETTINGS, (stage, share) -> stages.add(stage));
            double exact = exact(model);
            assertThat(report.unit()).isEqualTo("nats per latent dimension");
            assertThat(report.flow().value().value()).isCloseTo(exact, within(1e-3 * exact));
            assertThat(report.flow().probeError()).isLessThan(1e-3 * exact);
            assertThat(report.bound().total().value()).isCloseTo(exact, within(0.1 * exact));
            assertThat(report.images()).isEqualTo(2);
            assertThat(report.heldOut()).isFalse();
        }
        assertThat(stages).contains(LikelihoodListener.Stage.values());
    }

    @Test
    void imagesThatAreHeldOutAreMeasured() throws IOException {
        Files.writeString(
                data.resolve("metadata.jsonl"),
                """
                {"file_name": "0.png", "text": "one"}
                {"file_name": "1.png", "text": "two", "split": "heldout"}
                """);
        LikelihoodSettings few = new LikelihoodSettings(4, Optional.of(2), Variance.FIXED_SMALL, Optional.empty());
        try (DiffusionModel model = NormalModel.load()) {
            LikelihoodReport report = Likelihood.of(model, ImageDataset.open(data), few);
            assertThat(report.images()).isEqualTo(1);
            assertThat(report.heldOut()).isTrue();
            assertThat(report.bound().total().standardError()).isNull();
            assertThat(report.summary()).contains("1 held-out images", "bound in pixels");
        }
    }

    @Test
    void packedNetworksHaveNoExactLikelihood() {
        try (DiffusionModel model = ModelLoader.load(Reference.path("sd2-tiny"), LoadOptions.DEFAULT)) {
            assertThatThrownBy(() -> Likelihood.of(model, ImageDataset.open(data), SETTINGS))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("load it with gradients");
        }
    }

    /** In nats per dimension, of the latents that the measurement takes. */
    private double exact(DiffusionModel model) {
        return Gradients.off(() -> Scope.call(() -> {
            try (NDManager manager = TorchEngine.newManager()) {
                DataSpace space = DataSpace.of(model.codec());
                double squares = 0;
                double count = 0;
                ImageDataset shuffled = ImageDataset.open(data).shuffled(0);
                for (int i = 0; i < 2; i++) {
                    NDArray pixels = Pixels.of(
                            List.of(ImageFiles.read(shuffled.entries().get(i).file())), manager);
                    NDArray x = new MeasuredBatch(i, pixels, List.of("")).encoded(space);
                    for (double value : Reference.doubles(x)) {
                        squares += value * value;
                        count++;
                    }
                }
                return 0.5 * (Math.log(2 * Math.PI) + squares / count);
            }
        }));
    }

    private static BufferedImage image(int number) {
        BufferedImage image = new BufferedImage(NormalModel.SIDE, NormalModel.SIDE, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[NormalModel.SIDE];
        Arrays.fill(row, 0x4080c0 * (number + 1));
        image.setRGB(0, 20, NormalModel.SIDE, 1, row, 0, NormalModel.SIDE);
        return image;
    }
}
