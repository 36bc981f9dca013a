package io.percolate.pipeline.comparison.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.files.AtomicFile;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.OptionalImage;
import io.percolate.pipeline.training.session.LossPlot;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a report with its images into the folder of the comparison. */
public record ReportFiles(Path folder, ComparisonReport report, Gallery gallery) {

    /** Side of an image in the grid: small ones are enlarged, or their captions would not fit. */
    private static final int CELL = 128;

    /** Writes {@code report.json}, {@code report.md}, {@code report.html} and the plots. */
    public void write() {
        write("report.json", json());
        write("report.md", report.text());
        write("report.html", new HtmlReport(report, gallery).toString());
        optional("loss.png", png -> LossPlot.compare(gallery.runs(), png));
        optional("quality.png", png -> QualityPlot.draw(report, png));
        optional("grid.png", png -> grid(gallery.heldOut(), png));
        gallery.trained().ifPresent(subjects -> optional("trained.png", png -> grid(subjects, png)));
    }

    private String json() {
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(report);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a report that is not JSON: " + impossible.getMessage(), impossible);
        }
    }

    private void write(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(folder.resolve(name), out -> out.write(bytes));
    }

    /** A row a subject: the real image, and what each arm generated for it. */
    private static void grid(Gallery.Subjects subjects, Path png) {
        List<BufferedImage> cells = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < subjects.real().size(); i++) {
            cells.add(subjects.real().get(i));
            words.add("real: " + subjects.captions().get(i));
            for (Map.Entry<String, List<BufferedImage>> arm :
                    subjects.generated().entrySet()) {
                cells.add(arm.getValue().get(i));
                words.add(arm.getKey() + ", seed " + i);
            }
        }
        int columns = 1 + subjects.generated().size();
        ImageFiles.writePng(png, new ImageGrid(columns, 4).draw(enlarged(cells), words));
    }

    private static List<BufferedImage> enlarged(List<BufferedImage> images) {
        int side = Math.max(CELL, images.get(0).getWidth());
        return images.stream().map(ImageTransform.stretched(side, side)::apply).toList();
    }

    private void optional(String name, Consumer<Path> writer) {
        OptionalImage.write(folder.resolve(name), writer);
    }
}
