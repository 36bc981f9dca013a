package io.percolate.pipeline.comparison;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.files.AtomicFile;
import io.percolate.pipeline.data.ImageEntry;
import io.percolate.pipeline.images.ImageFiles;
import io.percolate.pipeline.images.ImageGrid;
import io.percolate.pipeline.images.ImageTransform;
import io.percolate.pipeline.images.OptionalImage;
import io.percolate.pipeline.training.session.LossPlot;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a report with its images into the folder of the comparison. */
record ReportFiles(Path folder, ComparisonReport report) {

    private static final int ROWS = 8;

    /** Side of an image in the grid: small ones are enlarged, or their captions would not fit. */
    private static final int CELL = 128;

    void write(Arm latents, Arm pixels, ArmSampling sampling) {
        write("report.json", json());
        write("report.md", report.text());
        Map<String, Path> runs = new LinkedHashMap<>();
        runs.put("pixels", pixels.run());
        runs.put("latents", latents.run());
        optional("loss.png", png -> LossPlot.compare(runs, png));
        optional("quality.png", png -> QualityPlot.draw(report.quality(), png));
        optional("grid.png", png -> grid(sampling, pixels, latents, png));
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

    /** A row a subject: the real image, what was generated for it on pixels, and what in latents. */
    private void grid(ArmSampling sampling, Arm pixels, Arm latents, Path png) {
        List<ImageEntry> subjects = sampling.subjects()
                .subList(0, Math.min(ROWS, sampling.subjects().size()));
        List<BufferedImage> real = ComparedImages.read(subjects, report.resolution());
        List<BufferedImage> onPixels = sampling.read(pixels);
        List<BufferedImage> inLatents = sampling.read(latents);
        List<BufferedImage> cells = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < subjects.size(); i++) {
            cells.addAll(List.of(real.get(i), onPixels.get(i), inLatents.get(i)));
            words.addAll(List.of("real: " + subjects.get(i).caption(), "pixels, seed " + i, "latents, seed " + i));
        }
        ImageFiles.writePng(png, new ImageGrid(3, 4).draw(enlarged(cells), words));
    }

    private static List<BufferedImage> enlarged(List<BufferedImage> images) {
        int side = Math.max(CELL, images.get(0).getWidth());
        return images.stream().map(ImageTransform.stretched(side, side)::apply).toList();
    }

    private void optional(String name, Consumer<Path> writer) {
        OptionalImage.write(folder.resolve(name), writer);
    }
}
