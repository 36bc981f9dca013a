package io.percolate.cli;

import io.percolate.cli.progress.LikelihoodBar;
import io.percolate.command.options.ModelOptions;
import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.sde.OdeSolver;
import io.percolate.diffusion.sde.Probe;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.model.DiffusionModel;
import io.percolate.pipeline.score.BoundPlot;
import io.percolate.pipeline.score.FlowSettings;
import io.percolate.pipeline.score.Likelihood;
import io.percolate.pipeline.score.LikelihoodReport;
import io.percolate.pipeline.score.LikelihoodSettings;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How {@code percolate evaluate --likelihood} measures. */
final class LikelihoodOptions {

    private static final int IMAGES = 16;

    @Option(
            names = "--likelihood",
            description =
                    "measure, instead, how likely the images are (held-out ones, if there are any): the variational"
                            + " bound, and the exact likelihood of the probability flow; in bits per dimension of 8-bit"
                            + " pixels, or nats per latent dimension and the bound in pixels")
    private boolean wanted;

    @Option(
            names = "--timesteps",
            paramLabel = "N",
            description = "measure the bound at N timesteps, each standing for those around it (default: at all)")
    private Integer timesteps;

    @Option(
            names = "--variance",
            paramLabel = "NAME",
            defaultValue = "large",
            converter = VarianceName.class,
            description = "variance of the steps back in the bound: large (beta) or small (the posterior's)"
                    + " (default: ${DEFAULT-VALUE})")
    private Variance variance;

    @Option(
            names = "--probes",
            paramLabel = "N",
            defaultValue = "2",
            description = "random probes of each image's exact likelihood; 0 leaves it out (default: ${DEFAULT-VALUE})")
    private int probes;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            defaultValue = "1e-5",
            description = "of the solver that follows the probability flow (default: ${DEFAULT-VALUE})")
    private double tolerance;

    @Option(
            names = "--plot",
            paramLabel = "FILE.png",
            description = "plot the bound over timesteps into this file; only with --likelihood")
    private Path plot;

    /** Whether likelihoods are asked for; fails if only their options are. */
    boolean wanted() {
        if (!wanted && (timesteps != null || plot != null)) {
            throw new IllegalArgumentException("--timesteps and --plot are for --likelihood: give it, too");
        }
        return wanted;
    }

    /** Fails if the options make no sense. */
    LikelihoodSettings settings(Optional<Integer> images) {
        Optional<FlowSettings> flow = probes == 0
                ? Optional.empty()
                : Optional.of(new FlowSettings(new OdeSolver(tolerance), Probe.RADEMACHER, probes));
        return new LikelihoodSettings(images.orElse(IMAGES), Optional.ofNullable(timesteps), variance, flow);
    }

    LikelihoodReport measure(ModelOptions options, Path data, LikelihoodSettings settings) {
        ImageDataset dataset = ImageDataset.open(data);
        if (options.autoencoder().isPresent()) {
            throw new IllegalArgumentException(options.autoencoder().get()
                    + " is an autoencoder by itself and gives images no likelihood: give a model with a denoiser");
        }
        try (DiffusionModel model = options.load(settings.flow().isPresent());
                LikelihoodBar bar = new LikelihoodBar()) {
            LikelihoodReport report = Likelihood.of(model, dataset, settings, bar);
            if (plot != null) {
                BoundPlot.write(report, plot);
            }
            return report;
        }
    }
}
