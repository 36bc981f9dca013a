package io.percolate.pipeline.cli;

import picocli.CommandLine.Command;

/** {@code percolate train}: the parent of the two trainings. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train an autoencoder, or a diffusion model in its latent space or on pixels.",
        subcommands = {TrainVaeCommand.class, TrainDiffusionCommand.class},
        synopsisSubcommandLabel = "COMMAND")
final class TrainCommand extends CommandGroup {}
