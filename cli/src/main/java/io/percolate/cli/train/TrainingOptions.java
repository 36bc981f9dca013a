package io.percolate.cli.train;

import io.percolate.cli.options.TrainingLength;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that both trainings have. */
final class TrainingOptions {

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of images to train on")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "run folder for the model, its checkpoint, log, loss plot and samples")
    private Path out;

    @Option(
            names = "--config",
            paramLabel = "FILE.json",
            description =
                    "recipe with settings of network, loss and training; what it leaves out is as in the default (the"
                            + " embedded model's, or for --pixel-space one for images of 64x64)")
    private Path config;

    @Option(names = "--resume", description = "go on from the checkpoint in --out, if there is one")
    private boolean resume;

    @ArgGroup
    private TrainingLength length = new TrainingLength();

    /** The images to train on. */
    ImageDataset dataset() {
        return ImageDataset.open(data).split(Split.TRAIN);
    }

    Path out() {
        return out;
    }

    /** How long to train, watched by {@code listener}. */
    TrainingSession session(TrainingListener listener) {
        return new TrainingSession(length.budget(), resume, listener);
    }

    /** What the recipe says, if one is given. */
    Optional<RecipeOverlay> recipe() {
        return Optional.ofNullable(config).map(RecipeOverlay::read);
    }

    /** Fails rather than start over in the folder of a previous run. */
    void requireFreshFolder() {
        if (!resume && Files.exists(out.resolve("checkpoint.safetensors"))) {
            throw new IllegalArgumentException(
                    "--out " + out + " holds a previous run: go on with --resume, or give another folder");
        }
    }
}
