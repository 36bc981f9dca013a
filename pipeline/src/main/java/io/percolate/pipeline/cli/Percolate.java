package io.percolate.pipeline.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code percolate} command; exit code 0 on success, 2 on wrong usage, 1 on failure. */
@Command(
        name = "percolate",
        mixinStandardHelpOptions = true,
        versionProvider = PercolateVersion.class,
        description = "Train latent diffusion models and generate pictures from prompts.",
        subcommands = {TrainCommand.class, EvaluateCommand.class})
public final class Percolate implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String... arguments) {
        return new CommandLine(new Percolate())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Percolate::report)
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command: see percolate --help");
    }

    /** Failures are one line; the stack trace is for those who ask with {@code PERCOLATE_DEBUG}. */
    private static int report(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (System.getenv("PERCOLATE_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
        }
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println("percolate: " + message);
        return CommandLine.ExitCode.SOFTWARE;
    }
}
