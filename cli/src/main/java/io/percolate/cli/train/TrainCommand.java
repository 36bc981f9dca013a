package io.percolate.cli.train;

import io.percolate.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code percolate train}: the parent of the two trainings. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Train an autoencoder, or a diffusion model in its latent space or on pixels.",
        subcommands = {TrainVaeCommand.class, TrainDiffusionCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class TrainCommand extends CommandGroup {}
