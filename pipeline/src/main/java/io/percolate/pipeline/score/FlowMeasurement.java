package io.percolate.pipeline.score;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.diffusion.sde.LogLikelihood;
import io.percolate.diffusion.sde.ScoreModel;
import io.percolate.diffusion.sde.VariancePreserving;
import io.percolate.nn.engine.Scope;
import io.percolate.nn.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** Measures exact likelihoods, image by image: the solver's steps then follow each by itself. */
final class FlowMeasurement {

    private final FlowSettings settings;
    private final DataSpace space;
    private final NoiseSchedule schedule;
    private final List<Double> values = new ArrayList<>();
    private double squaredErrors;
    private long evaluations;

    FlowMeasurement(FlowSettings settings, DataSpace space, NoiseSchedule schedule) {
        this.settings = settings;
        this.space = space;
        this.schedule = schedule;
    }

    /** Measures one image {@code x} (1,...) of {@code model}. */
    void add(DenoisedPredictor model, NDArray x, RandomStream probes) {
        ScoreModel score = ScoreModel.of(VariancePreserving.of(schedule), model, schedule);
        LogLikelihood nats = Scope.call(() -> settings.likelihood().of(score, x, probes));
        values.add(space.fromLogDensity(nats.nats(0) / x.size()));
        double error = space.fromLogDensity(nats.standardError(0) / x.size()) - space.fromLogDensity(0);
        squaredErrors += error * error;
        evaluations += nats.evaluations();
    }

    FlowReport report() {
        int images = values.size();
        return new FlowReport(
                Mean.of(values.stream().mapToDouble(Double::doubleValue).toArray()),
                settings.count() == 1 ? null : Math.sqrt(squaredErrors) / images,
                settings.count(),
                (double) evaluations / images,
                settings.solver().tolerance());
    }
}
