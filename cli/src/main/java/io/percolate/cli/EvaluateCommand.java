package io.percolate.cli;

import ai.djl.ndarray.NDManager;
import io.percolate.command.options.FeatureOptions;
import io.percolate.command.options.JsonText;
import io.percolate.command.options.ModelOptions;
import io.percolate.nn.engine.TorchEngine;
import io.percolate.pipeline.Pipeline;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.evaluation.ContactSheets;
import io.percolate.pipeline.evaluation.Evaluation;
import io.percolate.pipeline.evaluation.Measurement;
import io.percolate.pipeline.evaluation.SampleBudget;
import io.percolate.pipeline.evaluation.edges.EdgeAgreement;
import io.percolate.pipeline.evaluation.edges.EdgeEvaluation;
import io.percolate.pipeline.evaluation.features.ImageFeatures;
import io.percolate.pipeline.score.LikelihoodReport;
import io.percolate.pipeline.score.LikelihoodSettings;
import io.percolate.vae.AutoencoderKl;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate evaluate}. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Measure a model, or an autoencoder by itself, on a folder of images: how well the autoencoder"
                        + " reconstructs them (PSNR, SSIM, high frequencies), whether the image generated for a caption is nearest to that"
                        + " caption's image (everyday: for the metadata's prompts of that name), and how far generated images are from real ones (sliced Wasserstein distance, and with"
                        + " --features Frechet and kernel distance, precision and recall). Or, with --likelihood, how likely the images"
                        + " are under the model. Or, with --controlnet, whether what it generates follows the edges of the images.")
final class EvaluateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOptions model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "folder of images, best with captions, such as dataset emoji makes")
    private Path data;

    @Mixin
    private SampleOptions samples;

    @Option(
            names = "--controlnet",
            paramLabel = "DIR|FILE",
            description =
                    "ControlNet for edges: measure how far images generated under the edges of those in --data have"
                            + " the same edges, and how far without it")
    private Path controlNet;

    @Option(
            names = "--trigger",
            paramLabel = "TEXT",
            description = "words before the captions of what the data set calls unseen, as a LoRA or an embedding was"
                    + " trained with them")
    private String trigger;

    @Option(
            names = "--sheets",
            paramLabel = "DIR",
            description = "folder for sheets of images: for each caption its own image, what was generated, and the"
                    + " trained image nearest to that")
    private Path sheets;

    @ArgGroup
    private FeatureOptions features = new FeatureOptions();

    @Mixin
    private LikelihoodOptions likelihood;

    @Option(names = "--json", description = "print one JSON object instead of a table")
    private boolean json;

    @Override
    public Integer call() {
        Optional<ContactSheets> shown = Optional.ofNullable(sheets).map(ContactSheets::new);
        if (shown.isPresent()
                && (likelihood.wanted()
                        || controlNet != null
                        || model.autoencoder().isPresent())) {
            throw new IllegalArgumentException("--sheets " + sheets + " shows what captions are judged by, which"
                    + " --likelihood, --controlnet and an autoencoder by itself do without: leave it out");
        }
        if (likelihood.wanted()) {
            samples.requireNoChoice("--likelihood");
            return measureLikelihood();
        }
        model.autoencoder().ifPresent(folder -> samples.requireNoChoice("an autoencoder by itself"));
        samples.budget(SampleBudget.ENOUGH_STEPS); // refuses too little before a model is opened
        ImageDataset dataset = dataset();
        if (controlNet != null) {
            return measureEdges(dataset);
        }
        Map<String, Measurement> report =
                model.autoencoder().map(folder -> measure(folder, dataset)).orElseGet(() -> measure(dataset, shown));
        spec.commandLine().getOut().println(json ? JsonText.of(report) : Measurement.table(report));
        return 0;
    }

    private ImageDataset dataset() {
        ImageDataset dataset = ImageDataset.open(data);
        return trigger == null
                ? dataset
                : dataset.map(entry -> entry.split() == Split.UNSEEN ? entry.triggered(trigger) : entry);
    }

    private int measureEdges(ImageDataset dataset) {
        try (Pipeline pipeline = model.open(loading -> loading.withControlNet(controlNet))) {
            EdgeAgreement edges = EdgeEvaluation.of(pipeline, dataset, samples.budget(pipeline));
            spec.commandLine().getOut().println(json ? JsonText.of(Map.of("edges", edges)) : edges.summary());
            return 0;
        }
    }

    private int measureLikelihood() {
        LikelihoodSettings settings = likelihood.settings(samples.images());
        LikelihoodReport report = likelihood.measure(model, data, settings);
        spec.commandLine().getOut().println(json ? JsonText.of(Map.of("likelihood", report)) : report.summary());
        return 0;
    }

    private Map<String, Measurement> measure(Path autoencoder, ImageDataset dataset) {
        try (NDManager manager = TorchEngine.newManager(model.device());
                AutoencoderKl vae = AutoencoderKl.load(autoencoder, manager)) {
            return Evaluation.of(vae, dataset);
        }
    }

    private Map<String, Measurement> measure(ImageDataset dataset, Optional<ContactSheets> shown) {
        try (Pipeline pipeline = model.open();
                NDManager manager = TorchEngine.newManager(model.device())) {
            int side = pipeline.defaults().width();
            Optional<ImageFeatures> network =
                    features.choice().map(choice -> choice.open(dataset.split(Split.TRAIN), side, manager));
            return Evaluation.of(pipeline, dataset, samples.budget(pipeline), new Evaluation.Beside(network, shown));
        }
    }
}
