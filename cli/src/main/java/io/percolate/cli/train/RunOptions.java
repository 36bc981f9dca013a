package io.percolate.cli.train;

import io.percolate.cli.options.TrainingLength;
import io.percolate.pipeline.data.ImageDataset;
import io.percolate.pipeline.data.Split;
import io.percolate.pipeline.training.recipe.RecipeOverlay;
import io.percolate.pipeline.training.session.PreviousRun;
import io.percolate.pipeline.training.session.TrainingListener;
import io.percolate.pipeline.training.session.TrainingSession;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of everything that has a run folder: on what, where, how, and for how long. */
class RunOptions {

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
            description = "recipe with settings of network, loss and training, each of which has a default;"
                    + " docs/training.md has every key")
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

    /** The run folder. */
    Path run() {
        return out;
    }

    /** How long to train. */
    TrainingLength length() {
        return length;
    }

    /** How long to train, watched by {@code listener}. */
    TrainingSession session(TrainingListener listener) {
        return new TrainingSession(length.budget(), resume, listener);
    }

    /** What the recipe says, if one is given. */
    Optional<RecipeOverlay> recipe() {
        return Optional.ofNullable(config).map(RecipeOverlay::read);
    }

    /** Fails if there is nothing to train for, or rather than start over in the folder of a previous run. */
    void check() {
        length.budget();
        if (!resume && new PreviousRun(run()).exists()) {
            throw new IllegalArgumentException(
                    "--out " + run() + " holds a previous run: go on with --resume, or give another folder");
        }
    }
}
