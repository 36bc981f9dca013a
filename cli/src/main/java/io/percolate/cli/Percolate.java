package io.percolate.cli;

import io.percolate.cli.bench.BenchCommand;
import io.percolate.cli.generate.GenerateCommand;
import io.percolate.cli.options.CommandGroup;
import io.percolate.cli.train.TrainCommand;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code percolate} command; exit code 0 on success, 2 on wrong usage, 1 on failure. */
@Command(
        name = "percolate",
        mixinStandardHelpOptions = true,
        versionProvider = PercolateVersion.class,
        description = "Train latent diffusion models and generate images from prompts.",
        subcommands = {
            GenerateCommand.class,
            TrainCommand.class,
            DatasetCommand.class,
            CompareCommand.class,
            EvaluateCommand.class,
            InterpolateCommand.class,
            BenchCommand.class,
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
        CommandLine command = new CommandLine(new Percolate())
                .setExpandAtFiles(false) // a prompt may begin with @
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failure);
        try {
            int exitCode = command.execute(arguments);
            return System.out.checkError() ? Failures.unwritable(command) : exitCode;
        } catch (OutOfMemoryError | LinkageError broken) {
            return Failures.breakdown(broken, command);
        }
    }
}
