package io.percolate.cluster;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What {@code percolate cluster} did.
 *
 * @param exitCode how it ended
 * @param out what it printed
 * @param err what it said beside
 */
public record ClusterRun(int exitCode, String out, String err) {

    /** Runs it in this process. */
    public static ClusterRun of(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            int exitCode = PercolateCluster.run(
                    Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
            return new ClusterRun(
                    exitCode, printed.toString(StandardCharsets.UTF_8), said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
