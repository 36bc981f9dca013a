package io.percolate.cli.bench;

import io.percolate.command.options.JsonText;
import io.percolate.command.options.PrecisionName;
import io.percolate.nn.engine.Precision;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percolate bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measure how fast this machine runs a network with random weights, and how fast it could at best.")
public final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SUBJECT",
            converter = SubjectName.class,
            description = "unet (one prediction), vae (decoding), text (encoding), train (one optimisation step of the"
                    + " denoiser, or of the autoencoder if --shape is one) or train_vae")
    private Subject subject;

    @Option(
            names = "--shape",
            paramLabel = "NAME|FILE.json",
            defaultValue = "embedded",
            description = "sd15, sd21, sdxl, embedded, or a network's config.json (default: ${DEFAULT-VALUE})")
    private String shape;

    @Option(
            names = "--latent",
            paramLabel = "HxW",
            converter = HeightByWidth.class,
            description = "height and width of the latents (default: those of --shape)")
    private LatentSize latent;

    @Option(names = "--batch", paramLabel = "N", description = "batch size (default: 2, for vae 1, for train 16)")
    private Integer batch;

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            defaultValue = "fp32",
            converter = PrecisionName.class,
            description = "number type of the computation: fp32, bf16 or fp16 (default: ${DEFAULT-VALUE})")
    private Precision precision;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "5",
            description = "steps to time, after two to warm up (default: ${DEFAULT-VALUE})")
    private int steps;

    @Option(
            names = "--gradient-checkpointing",
            description = "for train and train_vae: compute blocks again in the backward pass, which takes less memory")
    private boolean gradientCheckpointing;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    @Override
    public Integer call() {
        OptionalInt samples = batch == null ? OptionalInt.empty() : OptionalInt.of(batch);
        Setting setting = new Setting(precision, samples, Optional.ofNullable(latent), steps, gradientCheckpointing);
        BenchmarkReport report = new Benchmark(subject, ModelShape.of(shape), setting).run();
        spec.commandLine().getOut().println(json ? JsonText.of(report) : BenchTable.of(report));
        return 0;
    }
}
