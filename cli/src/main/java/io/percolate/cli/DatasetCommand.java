package io.percolate.cli;

import io.percolate.command.CommandGroup;
import picocli.CommandLine.Command;

/** {@code percolate dataset}: the parent of the data sets that can be prepared. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        description = "Prepare a folder of images with captions to train on.",
        subcommands = DatasetEmojiCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class DatasetCommand extends CommandGroup {}
