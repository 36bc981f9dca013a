package io.percolate.cli.train;

import io.percolate.cli.progress.TrainingBar;
import io.percolate.pipeline.training.text.TextTrainer;
import io.percolate.pipeline.training.text.WordsRecipe;
import io.percolate.weights.EmbeddedModel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percolate train text}. */
@Command(
        name = "text",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Teach the text encoder of a model that was trained here which captions mean the same image, and"
                + " print the model's folder. Its denoiser has yet to get used to what it then reads: go on with train"
                + " diffusion --from. Ctrl-C saves a checkpoint, --resume goes on from it.")
final class TrainTextCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "model whose text encoder is trained (default: the small one that ships with Percolate)")
    private Path model;

    @Mixin
    private RunOptions options;

    @Override
    public Integer call() {
        options.check();
        WordsRecipe recipe = options.recipe().map(WordsRecipe.DEFAULT::with).orElse(WordsRecipe.DEFAULT);
        try (TrainingBar bar = new TrainingBar()) {
            TextTrainer.train(
                    recipe,
                    model == null ? EmbeddedModel.folder() : model,
                    options.dataset(),
                    options.out(),
                    options.session(bar));
        }
        spec.commandLine().getOut().println(options.out());
        return 0;
    }
}
