package io.percolate.cli.options;

import io.percolate.pipeline.training.recipe.Budget;
import picocli.CommandLine.Option;

/** How long to train: minutes or steps. */
public final class TrainingLength {

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "minutes to train, resumed runs included (default: 60)")
    private double minutes = 60;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "optimisation steps to train instead, resumed runs included")
    private Long steps;

    public Budget budget() {
        return steps == null ? new Budget.Minutes(minutes) : new Budget.Steps(steps);
    }
}
