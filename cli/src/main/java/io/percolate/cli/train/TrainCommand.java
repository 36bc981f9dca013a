package io.percolate.cli.train;

import io.percolate.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code percolate train}: the parent of the trainings. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description =
                "Train an autoencoder, or a diffusion model in its latent space or on pixels, or teach a model that exists"
                        + " something new.",
        subcommands = {
            TrainVaeCommand.class,
            TrainDiffusionCommand.class,
            TrainTextCommand.class,
            TrainLoraCommand.class,
            TrainEmbeddingCommand.class,
            TrainControlNetCommand.class,
            TrainLcmCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class TrainCommand extends CommandGroup {}
