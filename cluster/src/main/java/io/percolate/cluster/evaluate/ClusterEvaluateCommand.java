package io.percolate.cluster.evaluate;

import io.percolate.cluster.session.ClusterOptions;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.command.options.JsonText;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.score.BoundReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate cluster evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measure a model on a folder of images over many machines, with the numbers of one: how well its"
                + " autoencoder reconstructs them, whether the image generated for a caption is nearest to that"
                + " caption's image, and with --features the Frechet distance of generated images from real ones. Or,"
                + " with --likelihood, the variational bound. All machines see model and images under the same paths.")
public final class ClusterEvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "diffusers folder, or single .safetensors or .ckpt file (default: the embedded model)")
    private Path model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "folder of images, best with captions, such as dataset emoji makes")
    private Path data;

    @Option(
            names = "--images",
            paramLabel = "N",
            defaultValue = "256",
            description = "how many images to generate, or captions of the training split to generate one for; those of"
                    + " the held-out split come on top. With --likelihood, how many to measure (default:"
                    + " ${DEFAULT-VALUE})")
    private int images;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "20",
            description = "inference steps (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--features",
            paramLabel = "FILE.pt",
            description = "TorchScript file of a feature network with the call of the published Inception file; it is a"
                    + " program: use none of unknown origin")
    private Path features;

    @Option(names = "--likelihood", description = "measure the variational bound instead")
    private boolean likelihood;

    @Option(
            names = "--timesteps",
            paramLabel = "N",
            description = "with --likelihood, timesteps that the bound is measured at (default: all of the model's)")
    private Integer timesteps;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    private boolean json;

    @Override
    public Integer call() {
        EvaluateSetup setup = new EvaluateSetup(absolute(model), absolute(data), images, steps, absolute(features));
        try (ClusterSession connected = cluster.open("evaluate")) {
            EvaluateJob job = new EvaluateJob(connected, setup);
            spec.commandLine().getOut().println(likelihood ? bound(job) : measured(job));
        }
        return 0;
    }

    private static String absolute(Path path) {
        return path == null ? "" : path.toAbsolutePath().toString();
    }

    private String bound(EvaluateJob job) {
        BoundReport bound = job.bound(Optional.ofNullable(timesteps));
        return json ? JsonText.of(Map.of("bound", bound)) : "variational bound    " + bound.total() + " per dimension";
    }

    private String measured(EvaluateJob job) {
        Map<String, Measurement> report = job.measure();
        return json
                ? JsonText.of(report)
                : report.entrySet().stream()
                        .map(part -> "%-20s %s"
                                .formatted(part.getKey(), part.getValue().summary()))
                        .collect(Collectors.joining(System.lineSeparator()));
    }
}
