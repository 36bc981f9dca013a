package io.percolate.cluster.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.LocalCluster;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.evaluation.Evaluation;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.evaluation.Reconstruction;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.score.BoundReport;
import io.percolate.pipeline.score.Likelihood;
import io.percolate.pipeline.score.LikelihoodSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny model, measured by two executors and by this process. */
class ClusterEvaluateTest {

    private static final Path MODEL = Path.of(System.getProperty("percolate.testdata"), "sd1-tiny");
    private static final int SIDE = 16;
    private static final int IMAGES = 8;
    private static final int MEASURED = 7;
    private static final SampleBudget BUDGET = new SampleBudget(MEASURED, 1);

    @TempDir
    private Path folder;

    @Test
    void twoExecutorsMeasureWhatOneMachineDoes() throws IOException {
        draw();
        EvaluateSetup setup = new EvaluateSetup(MODEL.toString(), folder.toString(), MEASURED, 1, "");
        ImageDataset dataset = ImageDataset.open(folder);
        Map<String, Measurement> cluster;
        BoundReport bound;
        try (ClusterSession session = LocalCluster.open()) {
            EvaluateJob job = new EvaluateJob(setup, OptionalInt.of(2));
            cluster = job.measure(session);
            bound = job.bound(session);
        }
        try (Pipeline pipeline = Pipeline.load(MODEL)) {
            Map<String, Measurement> alone = Evaluation.of(pipeline, dataset, BUDGET);
            assertThat(cluster).containsOnlyKeys("reconstruction", "trained");
            assertThat(cluster.get("trained")).isEqualTo(alone.get("trained"));
            assertClose((Reconstruction) cluster.get("reconstruction"), (Reconstruction) alone.get("reconstruction"));
        }
        assertClose(bound, boundOf(dataset));
    }

    private static BoundReport boundOf(ImageDataset dataset) {
        try (DiffusionModel model = ModelLoader.load(MODEL, LoadOptions.DEFAULT)) {
            LikelihoodSettings settings =
                    new LikelihoodSettings(MEASURED, Optional.of(2), Variance.FIXED_LARGE, Optional.empty());
            return Likelihood.of(model, dataset, settings).bound();
        }
    }

    private static void assertClose(Reconstruction actual, Reconstruction expected) {
        assertThat(actual.images()).isEqualTo(expected.images()).isEqualTo(IMAGES);
        assertThat(actual.psnr()).isEqualTo(expected.psnr(), within(1e-9));
        assertThat(actual.ssim()).isEqualTo(expected.ssim(), within(1e-9));
        assertThat(actual.highFrequencies()).isEqualTo(expected.highFrequencies(), within(1e-9));
    }

    private static void assertClose(BoundReport actual, BoundReport expected) {
        assertThat(actual.total().value()).isEqualTo(expected.total().value(), within(1e-9));
        assertThat(actual.total().standardError()).isEqualTo(expected.total().standardError(), within(1e-9));
        assertThat(actual.prior()).isEqualTo(expected.prior(), within(1e-9));
        assertThat(actual.terms()).hasSameSizeAs(expected.terms());
        for (int k = 0; k < expected.terms().size(); k++) {
            assertThat(actual.terms().get(k).value())
                    .isEqualTo(expected.terms().get(k).value(), within(1e-9));
        }
    }

    /** Stripes, each with a caption of its own. */
    private void draw() throws IOException {
        StringBuilder captions = new StringBuilder();
        for (int i = 0; i < IMAGES; i++) {
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
                image.setRGB(pixel % SIDE, pixel / SIDE, (pixel % SIDE + i) * 0x030201 * (i + 1));
            }
            ImageFiles.writePng(folder.resolve(i + ".png"), image);
            captions.append("{\"file_name\": \"%d.png\", \"text\": \"number %d\"}%n".formatted(i, i));
        }
        Files.writeString(folder.resolve("metadata.jsonl"), captions);
    }
}
