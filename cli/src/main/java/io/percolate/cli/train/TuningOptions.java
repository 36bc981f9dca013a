package io.percolate.cli.train;

import io.percolate.cli.progress.TrainingBar;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.recipe.OptimizerPlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import io.percolate.pipeline.training.tuning.BaseSource;
import io.percolate.pipeline.training.tuning.CaptionPlan;
import io.percolate.pipeline.training.tuning.TuningData;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import io.percolate.pipeline.training.tuning.TuningRun;
import io.percolate.pipeline.training.tuning.TuningTrainer;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of trainings that teach a model something new and leave its weights alone. */
final class TuningOptions {

    @Option(
            names = {"--model", "--from"},
            paramLabel = "DIR|FILE",
            description =
                    "model to teach: a folder in the layout of diffusers, a single .safetensors or .ckpt of Stable"
                            + " Diffusion 1, 2 or XL, or a model that was trained here (default: the small one that ships with"
                            + " Percolate)")
    private Path model;

    @Option(
            names = "--model-config",
            paramLabel = "DIR",
            description = "folder with the configs of a single file of unusual size")
    private Path modelConfig;

    @Option(
            names = "--resolution",
            paramLabel = "R",
            description = "side of the images in pixels (default: what the recipe says, else what the model is for)")
    private Integer resolution;

    @Option(
            names = "--learning-rate",
            paramLabel = "L",
            description = "largest step size (default: what the recipe says; docs/training.md)")
    private Double learningRate;

    @Mixin
    private DataOptions data;

    @Option(
            names = "--class-data",
            paramLabel = "DIR",
            description = "folder of images of what the model already knows of the subject's kind, which keep it from"
                    + " forgetting that (prior preservation)")
    private Path classData;

    @Option(
            names = "--class-caption",
            paramLabel = "TEXT",
            description = "what images of --class-data are called that have no caption")
    private String classCaption;

    @Mixin
    private TrainingOptions training;

    /** The run folder. */
    Path run() {
        return training.run();
    }

    /**
     * Trains, or measures, what {@code usual} says and the options change.
     *
     * @param changes what the command's own options change
     * @return what to print
     */
    Object result(TuningRecipe usual, UnaryOperator<TuningRecipe> changes) {
        TuningRecipe recipe =
                recipe(changes.apply(training.recipe().map(usual::with).orElse(usual)));
        TuningRun run = new TuningRun(source(), run());
        TuningData images = TuningData.of(recipe, training.dataset(), classImages());
        try (TrainingBar bar = new TrainingBar()) {
            if (training.dryRun()) {
                return training.report(TuningTrainer.forecast(recipe, run, images, bar));
            }
            TuningTrainer.train(recipe, run, images, training.session(bar));
            return training.result(run().resolve(recipe.adaptation().file()));
        }
    }

    private BaseSource source() {
        return new BaseSource(model == null ? EmbeddedModel.folder() : model, Optional.ofNullable(modelConfig));
    }

    /** Fails rather than start over in the folder of a previous run. */
    void check() {
        training.check();
    }

    private Optional<ImageDataset> classImages() {
        return Optional.ofNullable(classData)
                .map(folder -> ImageDataset.open(folder).split(Split.TRAIN));
    }

    private TuningRecipe recipe(TuningRecipe recipe) {
        TuningRecipe sized = resolution == null ? recipe : recipe.withResolution(resolution);
        CaptionPlan captions =
                classCaption == null ? sized.captions() : sized.captions().withClassCaption(classCaption);
        return sized.withCaptions(captions).withPlan(training.over(planned(sized.plan())));
    }

    private TrainingPlan planned(TrainingPlan plan) {
        return data.over(plan.withOptimizer(optimizer(plan.optimizer())));
    }

    private OptimizerPlan optimizer(OptimizerPlan plan) {
        return learningRate == null
                ? plan
                : plan.withLearningRate(plan.learningRate().withPeak(learningRate));
    }
}
