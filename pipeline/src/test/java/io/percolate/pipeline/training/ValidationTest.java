package io.percolate.pipeline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.BetaSchedule;
import io.percolate.diffusion.process.DiffusionLoss;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.unet.DenoiserInputs;
import io.percolate.diffusion.unet.UNet;
import io.percolate.diffusion.unet.published.UNetFiles;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.Precision;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.data.BatchLoader;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.TestImages;
import io.percolate.pipeline.training.conditioning.Conditioning;
import io.percolate.pipeline.training.recipe.LossRecipe;
import io.percolate.pipeline.training.space.LatentSpace;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import io.percolate.vae.VaeConfig;
import io.percolate.vae.VaeLoss;
import io.percolate.vae.VaeLossConfig;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses on held-out images, of networks that are not trained. */
class ValidationTest {

    private static final Path UNET = Path.of(System.getProperty("percolate.testdata"), "training", "unet");
    private static final int IMAGES = 5;
    private static final int SIDE = 16;

    private final NDManager manager = TorchEngine.newManager();
    private final AutoencoderKl vae = new AutoencoderKl(VaeConfig.of(List.of(4, 8), 1, 4, 4));
    private final VaeLoss vaeLoss = new VaeLoss(new VaeLossConfig(VaeLossConfig.Reconstruction.L2, 1, 2, 0.5, 0.01));
    private final UNet unet = UNetFiles.load(UNET, manager);

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() {
        vae.initialise(manager, 1);
        for (int i = 0; i < IMAGES - 1; i++) {
            ImageFiles.writePng(
                    folder.resolve(i + ".png"), TestImages.plain(SIDE, SIDE, new Color(60 * i, 200, 255 - 60 * i)));
        }
        ImageFiles.writePng(folder.resolve("z.png"), TestImages.colourful(SIDE, SIDE));
    }

    @AfterEach
    void free() {
        unet.close();
        vae.close();
        manager.close();
    }

    @Test
    void aDenoiserHasTheSameLossTwice() {
        assertThat(denoiser(2)).isEqualTo(denoiser(2));
    }

    @Test
    void theLossOfADenoiserDoesNotDependOnWhichImagesGoTogether() {
        Map<String, Double> together = denoiser(IMAGES);
        for (int batchSize : new int[] {1, 2, 3}) {
            denoiser(batchSize).forEach((name, loss) -> assertThat(loss)
                    .as(name + " in batches of " + batchSize)
                    .isCloseTo(together.get(name), within(1e-5 * together.get(name))));
        }
    }

    @Test
    void theQuartersOfTheTimestepsAverageToTheWhole() {
        Map<String, Double> losses = denoiser(2);
        double mean = 0;
        for (int quarter = 1; quarter <= 4; quarter++) {
            mean += losses.get("held_out_loss_" + quarter) / 4;
        }
        assertThat(losses.get("held_out_loss")).isCloseTo(mean, within(1e-9));
    }

    /** Untrained, the network predicts next to nothing of the noise; of v, it has the more to say the more noise there is. */
    @Test
    void theQuartersDiffer() {
        Map<String, Double> losses = denoiser(2);
        assertThat(losses.values()).hasSize(5).doesNotHaveDuplicates().allMatch(loss -> loss > 0);
    }

    @Test
    void anAutoencoderHasTheLossOfItsModesHoweverImagesGoTogether() {
        double[] expected = ofModes();
        for (int batchSize : new int[] {1, 2, IMAGES}) {
            Map<String, Double> losses = autoencoder(batchSize);
            assertThat(losses.get("held_out_loss")).isCloseTo(expected[0], within(1e-5));
            assertThat(losses.get("held_out_reconstruction")).isCloseTo(expected[1], within(1e-5));
            assertThat(autoencoder(batchSize)).isEqualTo(losses);
        }
    }

    @Test
    void noImagesHaveNoLoss() {
        try (BatchLoader none = BatchLoader.once(dataset().first(0), 2, ImageTransform.square(SIDE))) {
            assertThat(VaeValidation.of(vae, vaeLoss, none, manager)).isEmpty();
            assertThat(DiffusionValidation.of(networks(), loss(), Precision.FP32, none, manager))
                    .isEmpty();
        }
    }

    private Map<String, Double> denoiser(int batchSize) {
        try (BatchLoader heldOut = loader(batchSize)) {
            return Gradients.off(() -> DiffusionValidation.of(networks(), loss(), Precision.FP32, heldOut, manager));
        }
    }

    private Map<String, Double> autoencoder(int batchSize) {
        try (BatchLoader heldOut = loader(batchSize)) {
            return Gradients.off(() -> VaeValidation.of(vae, vaeLoss, heldOut, manager));
        }
    }

    /** The mean of loss and reconstruction error, image by image. */
    private double[] ofModes() {
        double[] means = new double[2];
        try (BatchLoader heldOut = loader(1)) {
            while (heldOut.hasNext()) {
                Gradients.off(() -> {
                    Scope.run(() -> add(heldOut.next(manager).images(), means));
                    return null;
                });
            }
        }
        return means;
    }

    private void add(NDArray pixels, double[] means) {
        LatentDistribution posterior = vae.encode(pixels);
        NDArray decoded = vae.decode(posterior.mean());
        means[0] += vaeLoss.of(pixels, decoded, posterior).total().getFloat() / IMAGES;
        means[1] += decoded.sub(pixels).square().mean().getFloat() / IMAGES;
    }

    private BatchLoader loader(int batchSize) {
        return BatchLoader.once(dataset(), batchSize, ImageTransform.square(SIDE));
    }

    private ImageDataset dataset() {
        return ImageDataset.open(folder);
    }

    private DiffusionNetworks networks() {
        Conditioning silent = prompts -> DenoiserInputs.context(manager.zeros(
                new Shape(prompts.size(), 5, unet.config().transformers().contextWidth())));
        return new DiffusionNetworks(new LatentSpace(vae, manager), unet, silent);
    }

    private static DiffusionLoss loss() {
        return LossRecipe.DEFAULT.of(
                new DiffusionProcess(new BetaSchedule.ScaledLinear(0.00085, 0.012), 1000, Prediction.V));
    }
}
