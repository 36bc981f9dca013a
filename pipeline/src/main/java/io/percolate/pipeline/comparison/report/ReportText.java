package io.percolate.pipeline.comparison.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as a page of Markdown: what it says, tables, and how to read them. */
record ReportText(ComparisonReport report) {

    /** How to read the distances. */
    static final String READING =
            "Other real images tell how near anything can come, the autoencoder's own reconstructions how near images"
                    + " generated in its latents can come. Losses of the arms are errors in different spaces: their"
                    + " curves tell how each learns, not which is better.";

    @Override
    public String toString() {
        return """
                # Pixel space against latent space

                %s

                %s

                %s
                Sliced Wasserstein distance to the images held out, x 1000, between patches of 7x7 at each resolution
                (Karras et al. 2018); less is nearer:

                %s
                %s%s
                """
                .formatted(report.claim(), introduction(), table(costs()), table(distances()), READING, bounds());
    }

    /** What was compared, in words. */
    String introduction() {
        ComparisonSetup setup = report.setup();
        return """
                %d images of %dx%d to train on, %s for each arm (equal %s), trainings of each arm: %d. Minutes \
                and seconds are those of %s. %d images generated \
                with each in %d steps of DDIM where there are steps, by the same captions and seeds, beside as many real ones that were held \
                out. %s"""
                .formatted(
                        setup.trainedOn(),
                        setup.resolution(),
                        setup.resolution(),
                        setup.budget(),
                        setup.equal(),
                        setup.seeds(),
                        setup.clock(),
                        setup.generated(),
                        setup.steps(),
                        setup.heldOut());
    }

    private String bounds() {
        List<List<String>> rows = bound();
        return rows.size() == 1 ? "" : "\n\n" + table(rows) + "\n" + BoundRows.READING;
    }

    /** A first row of names, then a row for each arm with timesteps. */
    List<List<String>> bound() {
        return new BoundRows(report.arms()).all();
    }

    /** A first row of names, then a row for each thing that was measured. */
    List<List<String>> costs() {
        return new CostRows(report.arms()).all();
    }

    /** A first row of resolutions, then a row for each set of images. */
    List<List<String>> distances() {
        return new DistanceRows(report).all();
    }

    private static String table(List<List<String>> rows) {
        String rule = "|" + "---|".repeat(rows.get(0).size());
        return line(rows.get(0)) + "\n" + rule + "\n"
                + rows.stream().skip(1).map(row -> line(row) + "\n").collect(Collectors.joining());
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |")).replace("|  |", "| |");
    }
}
