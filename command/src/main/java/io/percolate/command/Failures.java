package io.percolate.command;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said when a command cannot do what it was told: one line on stderr. */
final class Failures {

    private Failures() {}

    /** Options that picocli could not understand. */
    static int wrongUsage(ParameterException wrong, String... arguments) {
        CommandLine command = wrong.getCommandLine();
        String hint = wrong instanceof UnmatchedArgumentException unmatched ? suggestion(unmatched) : "";
        String name = command.getCommandSpec().qualifiedName();
        return say(command, wrong, wrong.getMessage() + hint + "; see " + name + " --help", ExitCode.USAGE);
    }

    /** Exceptions out of a command; an {@link IllegalArgumentException} means that the request was wrong. */
    static int failure(Exception failure, CommandLine command, ParseResult parsed) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return say(
                command,
                failure,
                message,
                failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE);
    }

    /** What no command can do anything about: too little memory, or native libraries that do not load. */
    static int breakdown(Error broken, CommandLine command) {
        String wayOut = broken instanceof OutOfMemoryError
                ? ": ask for fewer or smaller images, or set PERCOLATE_HEAP=4g"
                : ": the libraries of this build do not run here, see the README for the systems it supports";
        return say(command, broken, broken + wayOut, ExitCode.SOFTWARE);
    }

    /** Results that nobody received: a full disk, or a reader that is gone. */
    static int unwritable(CommandLine command) {
        command.getErr().println("percolate: the results could not be written to stdout");
        return ExitCode.SOFTWARE;
    }

    private static int say(CommandLine command, Throwable failure, String message, int exitCode) {
        if (System.getenv("PERCOLATE_DEBUG") != null) {
            failure.printStackTrace(command.getErr());
        }
        command.getErr().println("percolate: " + message.replaceAll("\\s*\\R\\s*", " "));
        return exitCode;
    }

    private static String suggestion(UnmatchedArgumentException unmatched) {
        return unmatched.getSuggestions().isEmpty()
                ? ""
                : ", did you mean " + unmatched.getSuggestions().get(0) + "?";
    }
}
