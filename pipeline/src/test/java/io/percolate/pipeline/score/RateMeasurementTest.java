package io.percolate.pipeline.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.percolate.diffusion.process.BetaSchedule;
import io.percolate.diffusion.process.DataLikelihood;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.process.VariationalBound;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.model.ImageCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateMeasurementTest {

    private static final NoiseSchedule SCHEDULE = NoiseSchedule.of(new BetaSchedule.ScaledLinear(0.00085, 0.5), 40);
    private static final double LEVEL = 0.5;

    private final NDManager manager = TorchEngine.newManager();
    private final NDArray pixels = Aten.affine(manager.zeros(new Shape(2, 3, 4, 4)), 1, LEVEL);
    private final MeasuredBatch batch = new MeasuredBatch(0, pixels, List.of("", ""));

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void aModelThatKnowsTheImageIsSentNothingButThePrior() {
        RateReport report = measure(LEVEL, FilmListener.NONE);
        double prior = report.points().get(0).rate();
        assertThat(report.points()).allSatisfy(point -> {
            assertThat(point.rate()).isCloseTo(prior, within(1e-6));
            assertThat(point.distortion()).isCloseTo(0, within(1e-3));
        });
        assertThat(report.autoencoder()).isNull();
    }

    /** Each step's divergence is the change of the signal-to-noise ratio times half the error (Kingma et al. 2021, eq. 13). */
    @Test
    void aModelThatKnowsNothingIsSentTheWholeSignal() {
        RateReport report = measure(0, FilmListener.NONE);
        RatePoint first = report.points().get(0);
        RatePoint last = report.points().get(SCHEDULE.steps() - 1);
        double bits = 0.5 * (snr(0) - snr(SCHEDULE.steps() - 1)) * LEVEL * LEVEL / Math.log(2);
        assertThat(last.timestep()).isZero();
        assertThat(last.rate() - first.rate()).isCloseTo(bits, within(1e-4 * bits));
        assertThat(last.distortion()).isCloseTo(LEVEL * 127.5, within(1e-2));
    }

    @Test
    void everyPredictionOfTheFirstImagesIsShown() {
        List<String> frames = new ArrayList<>();
        measure(0, (image, timestep, predicted) -> frames.add(image + " at " + timestep));
        assertThat(frames)
                .hasSize(2 * SCHEDULE.steps())
                .startsWith("0 at 39", "1 at 39")
                .endsWith("0 at 0", "1 at 0");
    }

    @Test
    void theShareOfInvisibleDetailIsWhatIsSentAfterTheErrorIsSmall() {
        List<RatePoint> points = List.of(new RatePoint(30, 0.5, 60), new RatePoint(10, 1, 4.9), new RatePoint(0, 4, 1));
        assertThat(new RateReport(1, points, null).summary()).startsWith("75 % of 4.00 bits per dimension");
        assertThat(new RateReport(1, points.subList(0, 1), null).summary())
                .isEqualTo("after 0.50 bits per dimension the predicted image is still 60.0 of 255 levels from the real"
                        + " one");
    }

    private RateReport measure(double predicted, FilmListener film) {
        VariationalBound bound = new VariationalBound(SCHEDULE, Variance.FIXED_SMALL, DataLikelihood.PIXELS);
        RateMeasurement measurement = new RateMeasurement(bound, new ImageCodec.Identity(), SCHEDULE.steps(), film);
        measurement.add(
                batch, (x, level) -> new DenoisedPrediction(Aten.affine(x, 0, predicted), () -> x), pixels.duplicate());
        return measurement.report();
    }

    private static double snr(int timestep) {
        NoiseLevel level = SCHEDULE.level(timestep);
        return 1 / (level.sigma() * level.sigma());
    }
}
