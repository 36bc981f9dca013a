package io.percolate.cli.train;

import io.percolate.pipeline.training.consistency.ConsistencyObjective.GuidanceRange;
import io.percolate.pipeline.training.tuning.ConsistencyPlan;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train lcm}. */
@Command(
        name = "lcm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Distil a model into one that generates in 1 to 8 steps without a second prediction for guidance"
                + " (latent consistency model), and print its folder. The model stays as it is. Ctrl-C saves a"
                + " checkpoint, --resume goes on from it.")
final class TrainLcmCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--guidance",
            paramLabel = "G",
            split = ",",
            description = "lowest and highest guidance scale that it learns, with a comma between (default: what the"
                    + " recipe says, else from 1 to twice the model's own)")
    private List<Double> guidance;

    @Mixin
    private TuningOptions options;

    @Override
    public Integer call() {
        options.check();
        spec.commandLine().getOut().println(options.result(TuningRecipe.consistency(), this::changed));
        return 0;
    }

    private TuningRecipe changed(TuningRecipe recipe) {
        return guidance == null
                ? recipe
                : recipe.withAdaptation(((ConsistencyPlan) recipe.adaptation()).withGuidance(range()));
    }

    private GuidanceRange range() {
        if (guidance.size() != 2) {
            throw new IllegalArgumentException(
                    "--guidance " + guidance + ": give the lowest and the highest scale, such as --guidance 1,4");
        }
        return new GuidanceRange(guidance.get(0), guidance.get(1));
    }
}
