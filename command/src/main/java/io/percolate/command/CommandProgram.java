package io.percolate.command;

import picocli.CommandLine;

/** Runs a command: exit code 0 on success, 2 on wrong usage, 1 on failure, which one line on stderr explains. */
public final class CommandProgram {

    private CommandProgram() {}

    /** Runs {@code command}, which picocli annotates, and returns its exit code. */
    public static int run(Object command, String... arguments) {
        CommandLine line = new CommandLine(command)
                .setExpandAtFiles(false) // a prompt may begin with @
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failure);
        try {
            int exitCode = line.execute(arguments);
            return System.out.checkError() ? Failures.unwritable(line) : exitCode;
        } catch (OutOfMemoryError | LinkageError broken) {
            return Failures.breakdown(broken, line);
        }
    }
}
