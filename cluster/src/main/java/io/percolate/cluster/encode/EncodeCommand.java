package io.percolate.cluster.encode;

import io.percolate.cluster.session.ClusterOptions;
import io.percolate.cluster.session.ClusterSession;
import io.percolate.cluster.session.DryRun;
import io.percolate.cluster.session.MemoryNeed;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.DiffusionFolders;
import io.percolate.pipeline.training.preset.Presets;
import io.percolate.pipeline.training.recipe.DiffusionRecipe;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.space.CachePlan;
import io.percolate.vae.VaeConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate cluster encode}. */
@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Encode the images of a data set into the cache that train diffusion --cache reads. Every executor"
                        + " must see the folders under the same names. What is encoded already is left as it is.")
public final class EncodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR|FILE",
            description =
                    "folder of images to train on, or a table of them (file_name, text) in .jsonl, .csv or .parquet")
    private Path data;

    @Option(
            names = "--vae",
            required = true,
            paramLabel = "DIR",
            description = "folder of the autoencoder that train vae wrote, or of a model that has one")
    private Path vae;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "folder of the cache")
    private Path out;

    @Option(
            names = "--config",
            paramLabel = "FILE.json",
            description = "recipe of the training that will read the cache, as train diffusion takes it")
    private Path config;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "side of the images in pixels (default: what the recipe says, else what the autoencoder was"
                    + " trained for)")
    private Integer resolution;

    @Option(
            names = "--buckets",
            description = "keep about the shape of each image, in sizes of equal area, in place of cutting squares")
    private boolean buckets;

    @Option(
            names = "--images-per-task",
            paramLabel = "N",
            defaultValue = "256",
            description = "images of a task, which writes one file: more make fewer files, and a kill costs more"
                    + " (default: ${DEFAULT-VALUE})")
    private int imagesPerTask;

    @Mixin
    private DryRun dryRun;

    @Mixin
    private ClusterOptions cluster;

    @Override
    public Integer call() {
        ImageDataset dataset = dataset().split(Split.TRAIN);
        EncodeSettings settings = settings(dataset);
        EncodeTask task = settings.task(out.toAbsolutePath());
        MemoryNeed need = MemoryNeed.measure(() -> task.encoder().rehearse(settings.side(), task.pixelsAtOnce()));
        Map<String, Object> memory = cluster.memory(need);
        try (CachePlan plan = CachePlan.open(
                task.storage(),
                dataset,
                settings.framing(dataset),
                task.encoder().fingerprint())) {
            spec.commandLine()
                    .getOut()
                    .println(dryRun.isWanted() ? forecast(plan, settings, memory) : run(plan, settings, need));
        }
        return 0;
    }

    private String run(CachePlan plan, EncodeSettings settings, MemoryNeed need) {
        try (ClusterSession session = cluster.open("encode", need)) {
            EncodeReport report = new EncodeJob(settings.task(out.toAbsolutePath()), imagesPerTask).run(plan, session);
            return dryRun.text(report.values(), report.text());
        }
    }

    private String forecast(CachePlan plan, EncodeSettings settings, Map<String, Object> memory) {
        return dryRun.text(EncodeForecast.of(plan, settings).values(memory));
    }

    private ImageDataset dataset() {
        Path all = data.toAbsolutePath();
        return Files.isRegularFile(all) ? ImageTable.read(all) : ImageDataset.open(all);
    }

    private EncodeSettings settings(ImageDataset dataset) {
        Optional<VaeConfig> shape = DiffusionFolders.inLatents(vae, out).autoencoder();
        OptionalInt side = resolution == null ? OptionalInt.empty() : OptionalInt.of(resolution);
        DiffusionRecipe recipe = Presets.denoiser(
                dataset, shape, side, Optional.ofNullable(config).map(RecipeOverlay::read));
        return new EncodeSettings(
                vae.toAbsolutePath(), shape.orElseThrow(), recipe.withPlan(bucketed(recipe.plan())), imagesPerTask);
    }

    private TrainingPlan bucketed(TrainingPlan plan) {
        return buckets ? plan.withData(plan.data().withBuckets(true)) : plan;
    }
}
