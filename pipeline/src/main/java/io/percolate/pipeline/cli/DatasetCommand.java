package io.percolate.pipeline.cli;

import picocli.CommandLine.Command;

/** {@code percolate dataset}: the parent of the data sets that can be prepared. */
@Command(
        name = "dataset",
        mixinStandardHelpOptions = true,
        description = "Prepare a folder of pictures with captions to train on.",
        subcommands = DatasetEmojiCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class DatasetCommand extends CommandGroup {}
