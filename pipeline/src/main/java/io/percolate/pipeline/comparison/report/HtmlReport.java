package io.percolate.pipeline.comparison.report;

import io.percolate.pipeline.comparison.report.page.ChartScale;
import io.percolate.pipeline.comparison.report.page.Html;
import io.percolate.pipeline.score.RatePoint;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A report as a page that is one file: it asks no network for anything, and runs no script. */
record HtmlReport(ComparisonReport report, Gallery gallery) {

    private static final String STYLE =
            """
            body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:16px;max-width:1180px;color:#1a1a1a;background:#fff}
            h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2em}.claim{font-size:1.15rem;border-left:5px solid #0072b2;padding-left:12px}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,480px),1fr));gap:20px}
            figure{margin:0 0 20px}figcaption{font-size:.9rem;color:#444}svg{width:100%;max-width:760px;height:auto;font-size:19px}
            svg .title{font-weight:600}.grid{stroke:#ccc}.scroll{overflow-x:auto}
            table{border-collapse:collapse}th,td{text-align:right;padding:4px 10px;border-bottom:1px solid #ccc}
            th[scope=row],thead th:first-child{text-align:left;font-weight:400}
            .strip{margin:8px 0}.strip div{display:flex;flex-wrap:wrap;gap:4px}
            .strip img{image-rendering:pixelated;width:calc((100% - 28px)/8);min-width:38px;max-width:128px;height:auto}
            """;

    private static final int FRAMES = 8;

    @Override
    public String toString() {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>Pixel space against latent space</title>
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <link rel="icon" href="data:,"><style>
                %s</style></head><body>
                <h1>Pixel space against latent space</h1>
                <p class="claim">%s</p>
                %s</body></html>
                """
                .formatted(STYLE, Html.text(report.claim()), String.join("\n", sections()));
    }

    private List<String> sections() {
        ReportText tables = new ReportText(report);
        List<String> sections = new ArrayList<>();
        sections.add("<p>" + Html.text(tables.introduction()) + "</p>");
        sections.add(heading("Quality on the way") + charts());
        sections.add(heading("The same subjects") + results());
        gallery.trained()
                .ifPresent(subjects -> sections.add(heading("Captions that were trained on") + trained(subjects)));
        sections.add(heading("On the way, at equal parts of the budget") + along());
        if (!gallery.films().isEmpty()) {
            sections.add(heading("Where the bits go") + rate());
            sections.add(heading("What is learned, and the bound") + bound(tables));
        }
        sections.add(heading("What it took") + Html.table(tables.costs()));
        sections.add(heading("Distances to the images held out, x 1000") + Html.table(tables.distances()) + "<p>"
                + Html.text(ReportText.READING) + "</p>");
        sections.add(heading("To repeat it") + Html.table(repetition()));
        return sections;
    }

    private String charts() {
        QualityCharts charts = new QualityCharts(report);
        String how =
                "Lower is nearer to real images. Time and arithmetic of the autoencoder are included. Bars are the deviation over %d seeds. These are measured on fewer"
                                .formatted(report.setup().seeds())
                        + " images than the tables, so that they read higher. A line that begins later had an autoencoder to"
                        + " train or images to encode first.";
        return "<div class=\"charts\">" + Html.figure(charts.overTime().toString(), how)
                + Html.figure(charts.overArithmetic().toString(), how) + "</div>";
    }

    private String results() {
        StringBuilder rows = new StringBuilder(
                strip("real images, held out", gallery.heldOut().real()));
        gallery.reconstructions().forEach((arm, images) -> rows.append(strip("reconstructed: " + arm, images)));
        gallery.heldOut().generated().forEach((arm, images) -> {
            rows.append(strip("generated: " + arm, images));
            rows.append(strip(
                    "the trained images nearest to those", gallery.nearest().get(arm)));
        });
        return Html.figure(
                rows.toString(),
                "Each column has one subject: its caption, if there is one, is all that the models were told.");
    }

    private static String trained(Gallery.Subjects subjects) {
        StringBuilder rows = new StringBuilder(Html.images("real images", subjects.real(), subjects.captions()));
        subjects.generated()
                .forEach((arm, images) -> rows.append(Html.images("generated: " + arm, images, subjects.captions())));
        return Html.figure(
                rows.toString(),
                "R@1 and R@5 tell how often such an image is nearer to the real one of its column than to all others, or"
                        + " than to all but four.");
    }

    private String along() {
        TreeSet<Double> parts = gallery.along().values().stream()
                .flatMap(images -> images.keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        String rows = parts.stream().map(this::along).collect(Collectors.joining());
        return Html.figure(
                rows, "An arm is missing where its denoiser had not begun: its autoencoder was being trained.");
    }

    private String along(double part) {
        return gallery.along().entrySet().stream()
                .filter(arm -> arm.getValue().containsKey(part))
                .map(arm -> strip(
                        arm.getKey() + " at " + ChartScale.label(100 * part) + " %",
                        arm.getValue().get(part)))
                .collect(Collectors.joining());
    }

    private String rate() {
        StringBuilder films = new StringBuilder();
        gallery.films().forEach((arm, frames) -> films.append(film(arm, frames)));
        return Html.figure(
                        new RateChart(report).chart().toString(),
                        "An image is sent noisiest first, each step for as many bits as its term of the variational bound"
                                + " has (Ho et al. 2020, section 4.3); the error is that of the clean image predicted so"
                                + " far, decoded to pixels. An autoencoder by itself is one point.")
                + "<ul>"
                + report.arms().entrySet().stream()
                        .filter(arm -> arm.getValue().first().rate() != null)
                        .map(arm -> "<li>"
                                + Html.text(arm.getKey() + ": "
                                        + arm.getValue().first().rate().summary())
                                + "</li>")
                        .collect(Collectors.joining())
                + "</ul>"
                + Html.figure(films.toString(), "What is predicted of one image, from the most noise to the least.");
    }

    private String bound(ReportText tables) {
        String chart = new BoundChart(report)
                .chart()
                .map(terms -> Html.figure(
                        terms.toString(),
                        "The first timesteps, with hardly any noise, have most of the bits: what an image looks like is"
                                + " decided further to the right. Terms below zero are left out."))
                .orElse("");
        return chart + Html.table(tables.bound()) + "<p>" + Html.text(BoundRows.READING) + "</p>";
    }

    /** Every third frame, as many as there are subjects elsewhere. */
    private String film(String arm, List<BufferedImage> frames) {
        List<RatePoint> points = report.arms().get(arm).first().rate().points();
        List<BufferedImage> shown = new ArrayList<>();
        List<String> descriptions = new ArrayList<>();
        int stride = Math.max(1, frames.size() / FRAMES);
        for (int i = (frames.size() - 1) % stride; i < frames.size(); i += stride) {
            shown.add(frames.get(i));
            descriptions.add("timestep " + points.get(i).timestep());
        }
        return Html.images("predicted: " + arm, shown, descriptions);
    }

    private String strip(String name, List<BufferedImage> images) {
        return Html.images(name, images, gallery.heldOut().captions());
    }

    private List<List<String>> repetition() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", ""));
        report.machine().rows().forEach(row -> rows.add(List.of(row.getKey(), row.getValue())));
        ComparisonSetup setup = report.setup();
        rows.add(List.of("seeds of the trainings", "those of the recipes, and the next " + (setup.seeds() - 1)));
        rows.add(List.of("seeds of the images", "0 to " + (setup.generated() - 1)));
        gallery.runs().keySet().forEach(arm -> rows.add(List.of("recipe of " + arm, arm + "/recipe.json")));
        return rows;
    }

    private static String heading(String text) {
        return "<h2>" + Html.text(text) + "</h2>\n";
    }
}
