package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.VariationalBound;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.images.Pixels;
import io.percolate.pipeline.model.ImageCodec;
import io.percolate.pipeline.score.TimestepStrata.Stratum;
import io.percolate.vae.AutoencoderKl;
import io.percolate.vae.LatentDistribution;
import java.util.ArrayList;
import java.util.List;

/** Adds up bits and errors at each timestep, batch by batch. Bits are whole images', and divided by pixels in the end. */
final class RateMeasurement {

    /** Images whose predictions are shown. */
    private static final int FILMED = 2;

    private static final double LEVELS = 127.5;
    private static final double BITS = 1 / Math.log(2);

    private final VariationalBound bound;
    private final ImageCodec codec;
    private final FilmListener film;
    private final List<Stratum> strata;
    private final double[] bits;
    private final double[] squares;
    private double prior;
    private double posterior;
    private double reconstruction;
    private long pixels;
    private int images;

    RateMeasurement(VariationalBound bound, ImageCodec codec, int timesteps, FilmListener film) {
        this.bound = bound;
        this.codec = codec;
        this.film = film;
        strata = TimestepStrata.of(bound.schedule().steps(), timesteps);
        bits = new double[strata.size()];
        squares = new double[strata.size()];
    }

    /** Measures a batch whose data are {@code x0}. */
    void add(MeasuredBatch batch, DenoisedPredictor model, NDArray x0) {
        double dimensions = (double) x0.size() / batch.size();
        prior += dimensions * sum(bound.prior(x0));
        for (int k = strata.size() - 1; k >= 0; k--) {
            int index = k;
            Scope.run(() -> bits[index] += dimensions * bitsAt(index, batch, model, x0));
        }
        codec.autoencoder().ifPresent(vae -> Scope.run(() -> addAutoencoder(vae, batch.pixels(), x0)));
        pixels += batch.pixels().size();
        images += batch.size();
    }

    /** The term of a timestep; on the way, the model's prediction is compared with the pixels. */
    private double bitsAt(int index, MeasuredBatch batch, DenoisedPredictor model, NDArray x0) {
        int timestep = strata.get(index).timestep();
        DenoisedPredictor watched = model.mapX0(predicted -> {
            look(index, batch, predicted);
            return predicted;
        });
        return sum(bound.term(watched, x0, batch.noise(x0, timestep), timestep).bits());
    }

    private void look(int index, MeasuredBatch batch, NDArray predicted) {
        Scope.run(() -> {
            NDArray decoded = Aten.clamp(codec.decode(predicted), -1, 1);
            squares[index] += sum(decoded.sub(batch.pixels()).square());
            for (int i = 0; i < batch.size() && batch.first() + i < FILMED; i++) {
                film.frame(
                        batch.first() + i,
                        strata.get(index).timestep(),
                        Pixels.images(Aten.rows(decoded, i, i + 1L)).get(0));
            }
        });
    }

    private void addAutoencoder(AutoencoderKl vae, NDArray images, NDArray x0) {
        LatentDistribution distribution = vae.encode(images);
        posterior += BITS * sum(distribution.kl());
        reconstruction +=
                sum(Aten.clamp(vae.decodeScaled(x0), -1, 1).sub(images).square());
    }

    RateReport report() {
        List<RatePoint> points = new ArrayList<>();
        double sent = prior;
        for (int k = strata.size() - 1; k >= 0; k--) {
            Stratum stratum = strata.get(k);
            double before = sent + (stratum.width() - 1) / 2.0 * bits[k];
            points.add(point(stratum.timestep(), before, squares[k]));
            sent += stratum.width() * bits[k];
        }
        RatePoint own = codec.autoencoder()
                .map(vae -> point(-1, posterior, reconstruction))
                .orElse(null);
        return new RateReport(images, points, own);
    }

    private RatePoint point(int timestep, double sum, double squareSum) {
        return new RatePoint(timestep, sum / pixels, LEVELS * Math.sqrt(squareSum / pixels));
    }

    private static double sum(NDArray x) {
        return x.sum().getFloat();
    }
}
