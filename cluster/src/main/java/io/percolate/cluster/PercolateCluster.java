package io.percolate.cluster;

import io.percolate.cluster.encode.EncodeCommand;
import io.percolate.cluster.evaluate.ClusterEvaluateCommand;
import io.percolate.cluster.generate.GenerateCommand;
import io.percolate.cluster.train.ClusterTrainCommand;
import io.percolate.command.CommandGroup;
import io.percolate.command.CommandProgram;
import io.percolate.command.PercolateVersion;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code percolate cluster}, a program of its own, so that no other command starts with Spark on its class path. */
@Command(
        name = "percolate cluster",
        mixinStandardHelpOptions = true,
        versionProvider = PercolateVersion.class,
        description = "Encode, generate, evaluate and train over many machines, on Apache Spark.",
        subcommands = {
            EncodeCommand.class,
            GenerateCommand.class,
            ClusterEvaluateCommand.class,
            ClusterTrainCommand.class
        })
public final class PercolateCluster extends CommandGroup {

    /** Runs the command and exits with its code. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(run(arguments));
    }

    /** Runs the command and returns its exit code. */
    public static int run(String... arguments) {
        return CommandProgram.run(new PercolateCluster(), arguments);
    }
}
