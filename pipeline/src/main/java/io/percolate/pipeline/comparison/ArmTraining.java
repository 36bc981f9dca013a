package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.Captions;
import io.percolate.pipeline.comparison.report.ImageQuality;
import io.percolate.pipeline.comparison.report.NearestTrained;
import io.percolate.pipeline.comparison.report.QualityPoint;
import io.percolate.pipeline.comparison.report.RunReport;
import io.percolate.pipeline.comparison.stages.Stages.Measured;
import io.percolate.pipeline.evaluation.Retrieval;
import io.percolate.pipeline.training.session.TrainingResult;
import io.percolate.pipeline.training.session.TrainingSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains one run, stopping at every {@linkplain ArmBudget#MILESTONES milestone} to measure what it generates.
 *
 * @param context what all stages need
 * @param run what is trained
 * @param budget of its denoiser
 * @param before what its autoencoder took
 * @param gflopPerImage arithmetic of a training step for one image, forward and backward
 */
record ArmTraining(RunContext context, ArmRun run, ArmBudget budget, Cost before, double gflopPerImage) {

    /** Runs what is not yet finished. */
    RunReport finish() {
        List<QualityPoint> along = new ArrayList<>();
        List<Measured<TrainingResult>> sessions = new ArrayList<>();
        for (double share : ArmBudget.MILESTONES) {
            OptionalDouble own = budget.denoiserShare(share);
            if (own.isPresent() && spent(sessions) < own.getAsDouble()) {
                sessions.add(trainTo(own.getAsDouble(), "train " + run.name() + " to " + ArmRun.percent(share)));
                along.add(point(share, sessions));
            }
        }
        sessions.add(trainTo(1, "train " + run.name()));
        along.add(0, noise());
        return report(along, sessions);
    }

    private RunReport report(List<QualityPoint> along, List<Measured<TrainingResult>> sessions) {
        Measured<ArmSampling.Result> generation = generation();
        ImageQuality quality = measured("quality " + run.name(), () -> context.meter()
                .of(context.sampling().read(run.images())));
        along.add(point(1, sessions));
        return new RunReport(
                run.seed(),
                last(sessions),
                peak(sessions),
                new RunReport.Generation(generation.result().secondsPerImage(), generation.peakMegabytes()),
                quality,
                retrieval(),
                nearest(),
                bounded(loss -> new RateStage(context).of(run)),
                bounded(loss -> new BoundStage(context).of(run, loss)),
                along);
    }

    /** What is measured of a model with timesteps. */
    private <T> @Nullable T bounded(Function<String, T> measure) {
        return run.arm().model().boundedLoss().map(measure).orElse(null);
    }

    /** What generating took. */
    Measured<ArmSampling.Result> generation() {
        return context.stages().apart("generate " + run.name(), ArmSampling.Result.class, () -> context.sampling()
                .generate(run, run.images()));
    }

    private Measured<TrainingResult> trainTo(double share, String stage) {
        PausingListener pause = new PausingListener(context.listener(), share);
        TrainingSession session = new TrainingSession(
                budget.denoiser(), true, pause, context.settings().plan().clock());
        return context.stages()
                .apart(
                        stage,
                        TrainingResult.class,
                        () -> pause.complete(run.train(context.images().trained(), session)));
    }

    private double spent(List<Measured<TrainingResult>> sessions) {
        return sessions.isEmpty()
                ? 0
                : budget.denoiser().spent(last(sessions).steps(), last(sessions).seconds());
    }

    private QualityPoint noise() {
        ArmSampling sampling = context.samplingAlong();
        ImageQuality quality =
                measured("noise " + run.name(), () -> context.meter().of(sampling.noise(run, side())));
        return new QualityPoint(0, 0, 0, 0, quality);
    }

    private QualityPoint point(double share, List<Measured<TrainingResult>> sessions) {
        String place = run.name() + " at " + ArmRun.percent(share);
        ArmSampling sampling = context.samplingAlong();
        if (share < 1 && !context.stages().isFinished("quality " + place)) {
            context.stages().apart("sample " + place, () -> sampling.generate(run, run.images(share)));
        }
        ImageQuality quality =
                measured("quality " + place, () -> context.meter().of(sampling.read(run.images(share))));
        TrainingResult training = last(sessions);
        Cost cost = before.plus(new Cost(training.seconds(), gflopPerImage * training.images(), training.images()));
        return new QualityPoint(share, cost.seconds(), cost.gflop(), cost.images(), quality);
    }

    private @Nullable Retrieval retrieval() {
        if (run.arm().model().captions() != Captions.READ) {
            return null;
        }
        return context.stages()
                .apart("retrieve " + run.name(), Retrieval.class, () -> {
                    ArmSampling sampling = context.samplingKnown();
                    sampling.generate(run, run.imagesOfTrained());
                    return context.meter().retrieval(sampling.read(run.imagesOfTrained()));
                })
                .result();
    }

    /** The trained images that are nearest to the generated ones. */
    NearestTrained nearest() {
        return context.stages()
                .once("nearest to " + run.name(), NearestTrained.class, () -> context.meter()
                        .nearest(context.sampling().read(run.images())))
                .result();
    }

    private ImageQuality measured(String stage, Supplier<ImageQuality> work) {
        return context.stages().once(stage, ImageQuality.class, work).result();
    }

    private int side() {
        return context.settings().resolution();
    }

    private static TrainingResult last(List<Measured<TrainingResult>> sessions) {
        return sessions.get(sessions.size() - 1).result();
    }

    private static @Nullable Double peak(List<Measured<TrainingResult>> sessions) {
        return sessions.stream()
                .map(Measured::peakMegabytes)
                .filter(Objects::nonNull)
                .max(Double::compare)
                .orElse(null);
    }
}
