package io.percolate.cli.train;

import io.percolate.cli.options.PreprocessorName;
import io.percolate.pipeline.control.Preprocessor;
import io.percolate.pipeline.training.tuning.ControlNetPlan;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train controlnet}. */
@Command(
        name = "controlnet",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Train a network that steers a model by images, such as edges (ControlNet), and print its folder,"
                + " which generate takes as --controlnet. The model stays as it is. Ctrl-C saves a checkpoint, --resume"
                + " goes on from it.")
final class TrainControlNetCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--controls",
            paramLabel = "DIR",
            description = "folder with a control image of the same name for each image (default: they are made of the"
                    + " images)")
    private Path controls;

    @Option(
            names = "--control-preprocessor",
            paramLabel = "NAME",
            converter = PreprocessorName.class,
            completionCandidates = PreprocessorName.class,
            description =
                    "what makes control images, one of ${COMPLETION-CANDIDATES} (default: none with --controls, else"
                            + " what the recipe says, else canny)")
    private Preprocessor preprocessor;

    @Mixin
    private TuningOptions options;

    @Override
    public Integer call() {
        options.check();
        spec.commandLine().getOut().println(options.result(TuningRecipe.controlNet(), this::changed));
        return 0;
    }

    private TuningRecipe changed(TuningRecipe recipe) {
        ControlNetPlan plan = (ControlNetPlan) recipe.adaptation();
        ControlNetPlan shown = controls == null ? plan : plan.withControls(controls);
        return recipe.withAdaptation(preprocessor == null ? shown : shown.withPreprocessor(preprocessor));
    }
}
