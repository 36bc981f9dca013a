package io.percolate.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.percolate.diffusion.sde.EulerMaruyama;
import io.percolate.diffusion.sde.OdeSolver;
import io.percolate.diffusion.sde.PredictorCorrector;
import io.percolate.diffusion.sde.ProbabilityFlow;
import io.percolate.diffusion.sde.SdeKind;
import io.percolate.diffusion.sde.SdeSampler;
import io.percolate.nn.engine.Gradients;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.DiffusionModel;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScoreViewTest {

    private static final int SIDE = NormalModel.SIDE;
    private static final ProbabilityFlow FLOW = new ProbabilityFlow(new OdeSolver(1e-3));

    private static DiffusionModel model;

    @BeforeAll
    static void load() {
        model = NormalModel.load();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void everySamplerSamplesEveryProcess() {
        int before = model.manager().getManagedArrays().size();
        for (SdeKind sde : SdeKind.values()) {
            for (SdeSampler sampler : List.of(new EulerMaruyama(3), new PredictorCorrector(2, 1, 0.16))) {
                List<BufferedImage> images = new ScoreView(model, sde, "an apple").sample(sampler, 1, 2);
                assertThat(images).hasSize(2);
                assertThat(images.get(0).getWidth()).isEqualTo(SIDE);
                assertThat(difference(images.get(0), images.get(1))).isPositive();
            }
        }
        assertThat(model.manager().getManagedArrays()).hasSizeLessThanOrEqualTo(before + 1);
    }

    @Test
    void anImageDoesNotDependOnTheOthersOfItsBatch() {
        ScoreView view = new ScoreView(model, SdeKind.VP, "");
        SdeSampler sampler = new EulerMaruyama(3);
        BufferedImage alone = view.sample(sampler, 7).get(0);
        assertThat(difference(view.sample(sampler, 3, 7).get(1), alone)).isLessThan(0.1);
    }

    /** In terms of noise relative to signal, all three follow the same equation. */
    @Test
    void theFlowIsTheSameUnderEveryProcess() {
        BufferedImage preserving =
                new ScoreView(model, SdeKind.VP, "").sample(FLOW, 5).get(0);
        BufferedImage exploding =
                new ScoreView(model, SdeKind.VE, "").sample(FLOW, 5).get(0);
        BufferedImage other =
                new ScoreView(model, SdeKind.VP, "").sample(FLOW, 6).get(0);
        assertThat(difference(preserving, exploding)).isLessThan(difference(preserving, other) / 10);
    }

    @Test
    void theEndsOfAStripAreTheImagesThatWereGiven() {
        BufferedImage red = image(Color.RED);
        BufferedImage blue = image(Color.BLUE);
        List<BufferedImage> strip =
                new ScoreView(model, SdeKind.VP, "").interpolate(List.of(red, blue), 3, FLOW, share -> {});
        assertThat(strip).hasSize(3);
        assertThat(difference(strip.get(0), reconstruction(red))).isLessThan(1.5);
        assertThat(difference(strip.get(2), reconstruction(blue))).isLessThan(1.5);
        assertThat(difference(strip.get(1), strip.get(0))).isPositive();
    }

    @Test
    void stripsOfOneImageAreRefused() {
        assertThatThrownBy(() -> new ScoreView(model, SdeKind.VP, "")
                        .interpolate(List.of(image(Color.RED)), 3, FLOW, share -> {}))
                .hasMessageContaining("3 images between 1: give two images");
    }

    /** What the autoencoder alone makes of an image. */
    private static BufferedImage reconstruction(BufferedImage image) {
        return Gradients.off(() -> {
            try (NDManager manager = TorchEngine.newManager();
                    NDArray pixels = Pixels.of(List.of(image), manager);
                    NDArray decoded = model.codec().decode(model.codec().encode(pixels))) {
                return Pixels.images(decoded).get(0);
            }
        });
    }

    /** Mean difference in levels of 255. */
    private static double difference(BufferedImage a, BufferedImage b) {
        byte[] x = Pixels.levels(a);
        byte[] y = Pixels.levels(b);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs((x[i] & 255) - (y[i] & 255));
        }
        return sum / x.length;
    }

    private static BufferedImage image(Color colour) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(10, 10, 40, 40);
        graphics.dispose();
        return image;
    }
}
