package io.percolate.pipeline.comparison;

import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.pipeline.comparison.report.BoundSummary;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.model.LoadOptions;
import io.percolate.pipeline.model.ModelLoader;
import io.percolate.pipeline.score.BoundTerm;
import io.percolate.pipeline.score.Likelihood;
import io.percolate.pipeline.score.LikelihoodReport;
import io.percolate.pipeline.score.LikelihoodSettings;
import io.percolate.pipeline.score.Mean;
import java.util.List;
import java.util.Optional;

/** Measures what a trained denoiser comes to on images held out: the simple loss, and the bound term by term. */
record BoundStage(RunContext context) {

    private static final int TIMESTEPS = 24;
    private static final int CHANNELS = 3;

    /** That of {@code run}, which is trained on {@code loss}. */
    BoundSummary of(ArmRun run, String loss) {
        return context.stages()
                .apart("bound of " + run.name(), BoundSummary.class, () -> measure(run, loss))
                .result();
    }

    private BoundSummary measure(ArmRun run, String loss) {
        LikelihoodSettings settings = new LikelihoodSettings(
                context.measured().size(),
                Optional.of(TIMESTEPS),
                LikelihoodSettings.DEFAULT.variance(),
                Optional.empty());
        try (DiffusionModel model = ModelLoader.load(run.folder(), LoadOptions.DEFAULT)) {
            LikelihoodReport report = Likelihood.of(model, context.measured(), settings);
            Mean bits = report.pixels() == null
                    ? report.bound().total()
                    : report.pixels().total();
            double simple =
                    simple(report.bound().terms(), model.sampler().process().schedule());
            return new BoundSummary(loss, simple, bits.value(), bits.standardError(), terms(report));
        }
    }

    /** An error of x0 is one of the noise divided by the square of what the noise weighs against it. */
    private static double simple(List<BoundTerm> terms, NoiseSchedule schedule) {
        return terms.stream()
                        .mapToDouble(term -> term.standsFor() * term.x0Error() * schedule.snr(term.timestep()))
                        .sum()
                / schedule.steps();
    }

    /** In bits for each dimension of the pixels; terms of latents are nats for each of their own dimensions. */
    private List<BoundSummary.Term> terms(LikelihoodReport report) {
        int side = context.settings().resolution();
        double bits =
                report.pixels() == null ? 1 : report.dimensions() / Math.log(2) / ((double) CHANNELS * side * side);
        return report.bound().terms().stream()
                .map(term -> new BoundSummary.Term(term.timestep(), bits * term.value()))
                .toList();
    }
}
