package io.percolate.pipeline.cli;

import io.percolate.pipeline.training.Budget;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that both trainings have. */
final class TrainingOptions {

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "folder of pictures to train on")
    Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "run folder: the model, its checkpoint, log, loss plot and samples")
    Path out;

    @Option(names = "--config", paramLabel = "FILE.json", description = "recipe: model, loss and training settings")
    Path config;

    @Option(names = "--resume", description = "go on from the checkpoint in --out, if there is one")
    boolean resume;

    @ArgGroup(multiplicity = "1")
    private Length length;

    Budget budget() {
        return length.steps == null ? new Budget.Minutes(length.minutes) : new Budget.Steps(length.steps);
    }

    Optional<Path> recipe() {
        return Optional.ofNullable(config);
    }

    private static final class Length {

        @Option(
                names = "--minutes",
                required = true,
                paramLabel = "M",
                description = "minutes to train, all sittings together")
        private Double minutes;

        @Option(names = "--steps", required = true, paramLabel = "N", description = "optimisation steps to train")
        private Long steps;
    }
}
