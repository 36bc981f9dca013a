package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.VariationalBound;
import io.percolate.diffusion.process.VariationalBound.Term;
import io.percolate.files.CancelledException;
import io.percolate.nn.engine.Scope;
import io.percolate.pipeline.evaluation.Moments;
import io.percolate.pipeline.score.TimestepStrata.Stratum;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/** Measures the terms of a bound, batch by batch. */
final class BoundMeasurement {

    private final VariationalBound bound;
    private final DataSpace space;
    private final List<Stratum> strata;
    private final double[] values;
    private final double[] errors;
    private final List<Double> totals = new ArrayList<>();
    private double prior;

    BoundMeasurement(VariationalBound bound, DataSpace space, int timesteps) {
        this.bound = bound;
        this.space = space;
        strata = TimestepStrata.of(bound.schedule().steps(), timesteps);
        values = new double[strata.size()];
        errors = new double[strata.size()];
    }

    /**
     * Measures a batch.
     *
     * @param x0 its data
     * @param progress is told the part that is done
     */
    void add(MeasuredBatch batch, DenoisedPredictor model, NDArray x0, DoubleConsumer progress) {
        double[] priors = numbers(bound.prior(x0));
        double[] sums = priors.clone();
        prior += IntStream.range(0, priors.length).mapToDouble(i -> priors[i]).sum();
        for (int k = 0; k < strata.size(); k++) {
            int index = k;
            Scope.run(() -> add(batch, model, x0, index, sums));
            progress.accept((k + 1.0) / strata.size());
        }
        for (double sum : sums) {
            totals.add(space.fromBits(sum));
        }
    }

    private void add(MeasuredBatch batch, DenoisedPredictor model, NDArray x0, int index, double[] sums) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancelledException("interrupted while measuring the bound");
        }
        Stratum stratum = strata.get(index);
        Term term = bound.term(model, x0, batch.noise(x0, stratum.timestep()), stratum.timestep());
        double[] bits = numbers(term.bits());
        double[] x0Errors = numbers(term.x0Error());
        for (int i = 0; i < bits.length; i++) {
            sums[i] += stratum.width() * bits[i];
            values[index] += bits[i];
            errors[index] += x0Errors[i];
        }
    }

    /** The bound of each image, in the unit of the space. */
    double[] totals() {
        return totals.stream().mapToDouble(Double::doubleValue).toArray();
    }

    BoundReport.Part part() {
        List<BoundTerm> terms = IntStream.range(0, strata.size())
                .mapToObj(k -> new BoundTerm(
                        strata.get(k).timestep(),
                        space.fromBits(values[k]),
                        errors[k],
                        strata.get(k).width()))
                .toList();
        return new BoundReport.Part(Moments.of(totals()), space.fromBits(prior), terms);
    }

    BoundReport report() {
        return part().whole();
    }

    private static double[] numbers(NDArray x) {
        float[] floats = x.toFloatArray();
        return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
    }
}
