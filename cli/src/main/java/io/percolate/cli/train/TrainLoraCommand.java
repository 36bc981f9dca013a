package io.percolate.cli.train;

import io.percolate.command.options.ConstantName;
import io.percolate.pipeline.training.tuning.LoraPlan;
import io.percolate.pipeline.training.tuning.LoraTargets;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import io.percolate.weights.lora.LoraFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train lora}. */
@Command(
        name = "lora",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Teach a model a subject or a style with low-rank updates (LoRA), and print their file, which"
                + " generate takes as --lora. The model stays as it is. Ctrl-C saves a checkpoint, --resume goes on"
                + " from it.")
final class TrainLoraCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--trigger",
            paramLabel = "TEXT",
            description = "words that every caption begins with, or is if there is none: what prompts then say to have"
                    + " the subject")
    private String trigger;

    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "rank of the updates (default: what the recipe says, else 16)")
    private Integer rank;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "what the updates are multiplied by, divided by the rank (default: the rank)")
    private Double alpha;

    @Option(
            names = "--targets",
            paramLabel = "NAME",
            split = ",",
            converter = TargetName.class,
            completionCandidates = TargetName.class,
            description = "layers of the U-Net that are changed, of ${COMPLETION-CANDIDATES}, with commas between"
                    + " (default: what the recipe says, else attention)")
    private List<LoraTargets> targets;

    @Option(names = "--text-encoder", description = "change the attention of the text encoders, too")
    private boolean text;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            converter = FormatName.class,
            completionCandidates = FormatName.class,
            description = "how the file names its tensors, one of ${COMPLETION-CANDIDATES} (default: what the recipe"
                    + " says, else diffusers)")
    private LoraFormat format;

    @Mixin
    private TuningOptions options;

    @Override
    public Integer call() {
        options.check();
        spec.commandLine().getOut().println(options.result(TuningRecipe.lora(), this::changed));
        return 0;
    }

    private TuningRecipe changed(TuningRecipe recipe) {
        TuningRecipe named =
                trigger == null ? recipe : recipe.withCaptions(recipe.captions().withTrigger(trigger));
        return named.withAdaptation(changed((LoraPlan) recipe.adaptation()));
    }

    private LoraPlan changed(LoraPlan plan) {
        LoraPlan ranked = rank == null ? plan : plan.withRank(rank);
        LoraPlan scaled = alpha == null ? ranked : ranked.withAlpha(alpha);
        LoraPlan aimed = targets == null ? scaled : scaled.withTargets(targets);
        LoraPlan formed = format == null ? aimed : aimed.withFormat(format);
        return text ? formed.withText() : formed;
    }

    /** Reads the name of a kind of layers, such as {@code attention}. */
    static final class TargetName extends ConstantName<LoraTargets> {

        TargetName() {
            super(LoraTargets.class, "targets");
        }
    }

    /** Reads the name of a file format, such as {@code kohya}. */
    static final class FormatName extends ConstantName<LoraFormat> {

        FormatName() {
            super(LoraFormat.class, "format");
        }
    }
}
