package io.percolate.cli;

import io.percolate.cli.bench.BenchCommand;
import io.percolate.cli.generate.GenerateCommand;
import io.percolate.cli.train.TrainCommand;
import io.percolate.command.CommandGroup;
import io.percolate.command.CommandProgram;
import io.percolate.command.PercolateVersion;
import java.util.Locale;
import picocli.CommandLine.Command;

/** The {@code percolate} command; exit code 0 on success, 2 on wrong usage, 1 on failure. */
@Command(
        name = "percolate",
        mixinStandardHelpOptions = true,
        versionProvider = PercolateVersion.class,
        description = "Train latent diffusion models and generate images from prompts.",
        footer = {
            "",
            "Programs of their own:",
            "  cluster      Encode, generate, evaluate and train over many machines; see percolate cluster --help.",
            "  serve        Start a web page and an HTTP API; see percolate serve --help."
        },
        subcommands = {
            GenerateCommand.class,
            TrainCommand.class,
            DatasetCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            InterpolateCommand.class,
            BenchCommand.class,
            AlignCommand.class,
            ConvertCommand.class,
            InspectCommand.class,
            TokensCommand.class
        })
public final class Percolate extends CommandGroup {

    /** Runs the command, which speaks English whatever the user's language, and exits with its code. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String... arguments) {
        return CommandProgram.run(new Percolate(), arguments);
    }
}
