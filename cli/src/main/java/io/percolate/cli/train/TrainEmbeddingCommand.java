package io.percolate.cli.train;

import io.percolate.pipeline.training.tuning.EmbeddingPlan;
import io.percolate.pipeline.training.tuning.TuningRecipe;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train embedding}. */
@Command(
        name = "embedding",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Teach a model's text encoders a new token (textual inversion), and print its file, which generate"
                        + " takes as --embedding. All else of the model stays as it is. Ctrl-C saves a checkpoint, --resume goes"
                        + " on from it.")
final class TrainEmbeddingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TEXT",
            description = "what the token is called in prompts, such as <my-cat>")
    private String token;

    @Option(
            names = "--init",
            required = true,
            paramLabel = "WORD",
            description = "word that the token means at first: what is closest to the subject, such as cat")
    private String word;

    @Option(
            names = "--vectors",
            paramLabel = "N",
            description = "vectors that the token stands for, 1 to 8 (default: what the recipe says, else 1)")
    private Integer vectors;

    @Mixin
    private TuningOptions options;

    @Override
    public Integer call() {
        options.check();
        TuningRecipe usual = TuningRecipe.embedding(token, word);
        spec.commandLine().getOut().println(options.result(usual, this::changed));
        return 0;
    }

    private TuningRecipe changed(TuningRecipe recipe) {
        EmbeddingPlan plan = (EmbeddingPlan) recipe.adaptation();
        return vectors == null ? recipe : recipe.withAdaptation(plan.withVectors(vectors));
    }
}
