package io.percolate.cluster.session;

import io.percolate.command.options.JsonText;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Whether a command only tells what it would do, and how it prints. */
public final class DryRun {

    @Option(names = "--dry-run", description = "print partitions, bytes and memory, and start nothing")
    private boolean wanted;

    @Option(names = "--json", description = "print one JSON object")
    private boolean json;

    /** Whether nothing is to be started. */
    public boolean isWanted() {
        return wanted;
    }

    /** {@code values} as one JSON object if that is asked for, else {@code text}. */
    public String text(Map<String, Object> values, String text) {
        return json ? JsonText.of(values) : text;
    }

    /** {@code values} as one JSON object if that is asked for, else a line for each. */
    public String text(Map<String, Object> values) {
        return text(
                values,
                values.entrySet().stream()
                        .map(entry -> entry.getKey().replace('_', ' ') + ": " + entry.getValue())
                        .collect(Collectors.joining(System.lineSeparator())));
    }
}
