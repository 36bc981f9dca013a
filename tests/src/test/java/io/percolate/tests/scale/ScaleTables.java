package io.percolate.tests.scale;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbers of {@code docs/scale.md}. Steps are those measured in {@code docs/performance.md}: a U-Net of 66 M
 * parameters, 16 latents of 32x32, 4.76 of them a second on two cores.
 */
public final class ScaleTables {

    private static final double STEP_SECONDS = 16 / 4.76;

    /** Links of 10 Gbit/s, of which eight tenths carry weights. */
    private static final Network NETWORK = new Network(66e6, 1e9, 0.1, 2);

    /** A machine of one's own fails every 30 days, a cheap one that may be taken away every day. */
    private static final Workers OWN = new Workers(STEP_SECONDS, 0.05, 0.1, 1, 20, 30 * 24, 60);

    private static final Workers TAKEN_AWAY = new Workers(STEP_SECONDS, 0.05, 0.1, 1, 20, 24, 60);

    private ScaleTables() {}

    /** Prints the tables. */
    public static void main(String[] arguments) {
        System.out.println(rounds());
    }

    /** Rounds of 8, 64 and 512 workers, as rows of Markdown. */
    static String rounds() {
        return IntStream.of(8, 64, 512)
                .boxed()
                .flatMap(count -> Stream.of(1, 50, 500).map(steps -> row(count, steps)))
                .collect(Collectors.joining("\n"));
    }

    private static String row(int count, int steps) {
        RoundSimulation.Outcome own = new RoundSimulation(OWN, NETWORK, count, steps).run();
        RoundSimulation.Outcome taken = new RoundSimulation(TAKEN_AWAY, NETWORK, count, steps).run();
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.1f s | %.0f %% | %.0f %% | %.0f %% | %.0f %% |",
                count,
                steps,
                own.roundSeconds(),
                100 * own.computing(),
                100 * own.waiting(),
                100 * own.sending(),
                100 * taken.computing());
    }
}
