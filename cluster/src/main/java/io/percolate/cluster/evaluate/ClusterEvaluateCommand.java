package io.percolate.cluster.evaluate;

import io.percolate.cluster.session.ClusterOptions;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.DryRun;
import io.percolate.cluster.session.MemoryNeed;
import io.percolate.cluster.session.SharedFolder;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.score.BoundReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
            description = "inference steps (default: the model's own, at most " + SampleBudget.ENOUGH_STEPS + ")")
    private Integer steps;

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

    @Mixin
    private DryRun dryRun;

    @Override
    public Integer call() {
        EvaluateSetup setup = new EvaluateSetup(
                SharedFolder.absolute(model),
                SharedFolder.absolute(data),
                images,
                steps,
                SharedFolder.absolute(features));
        EvaluateJob job = new EvaluateJob(setup, timesteps == null ? OptionalInt.empty() : OptionalInt.of(timesteps));
        MemoryNeed need = MemoryNeed.measure(likelihood ? job::rehearseBound : job::rehearse);
        Map<String, Object> memory = cluster.memory(need);
        spec.commandLine().getOut().println(dryRun.isWanted() ? forecast(job, memory) : run(job, need));
        return 0;
    }

    private String run(EvaluateJob job, MemoryNeed need) {
        try (ClusterSession connected = cluster.open("evaluate", need)) {
            return likelihood ? bound(job.bound(connected)) : measured(job.measure(connected));
        }
    }

    private String forecast(EvaluateJob job, Map<String, Object> memory) {
        Map<String, Object> values = new LinkedHashMap<>(likelihood ? job.boundPartitions() : job.partitions());
        values.putAll(memory);
        return dryRun.text(values);
    }

    private String bound(BoundReport bound) {
        return dryRun.text(Map.of("bound", bound), "variational bound    " + bound.total() + " per dimension");
    }

    private String measured(Map<String, Measurement> report) {
        return dryRun.text(new LinkedHashMap<>(report), Measurement.table(report));
    }
}
