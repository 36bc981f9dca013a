package io.percolate.tests.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Damages files of every format at random, reads them, and prints a line for each format; exit code 1 for faults. */
public final class FuzzRun {

    private static final int MUTATIONS = 10_000;

    private FuzzRun() {}

    /** Arguments: the seed, the number of mutations, the first of them, and a format to take alone; all may be left out. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : MUTATIONS;
        int first = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        String format = arguments.length > 3 ? arguments[3] : "";
        Path folder = Files.createTempDirectory("fuzz");
        System.out.println(
                "seed " + seed + ", mutations " + first + " to " + (first + count - 1) + " of each, in " + folder);
        System.out.println("| format | read | refused | faults | longest answer | most heap for one |");
        System.out.println("|---|---|---|---|---|---|");
        System.exit(run(new FuzzTargets(folder), seed, first, count, format) ? 0 : 1);
    }

    private static boolean run(FuzzTargets targets, long seed, int first, int count, String format)
            throws InterruptedException {
        boolean sound = true;
        for (FuzzTarget target : targets.all()) {
            if (target.format().contains(format)) {
                FuzzOutcome outcome = target.run(seed, first, count);
                System.out.println(outcome);
                sound &= outcome.faults().isEmpty();
            }
        }
        return sound & executed(targets).isEmpty();
    }

    /** What a damaged file made the program do: nothing, or this is it. */
    static List<String> executed(FuzzTargets targets) {
        List<String> traces = ProcessHandle.current()
                .children()
                .map(child -> "started process " + child.pid())
                .toList();
        return Files.exists(targets.marker()) ? List.of("made " + targets.marker()) : traces;
    }
}
