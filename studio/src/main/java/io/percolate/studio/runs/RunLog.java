package io.percolate.studio.runs;

import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The numbers of a training's log, few enough for a chart. */
final class RunLog {

    private static final int MOST_POINTS = 600;
    private static final List<String> CURVES = List.of("loss", "held_out_loss");

    private RunLog() {}

    /** For each curve, pairs of step and value; every curve evenly thinned out. */
    static Map<String, Object> curves(Path log) {
        List<JsonConfig> entries = entries(log);
        Map<String, Object> curves = new LinkedHashMap<>();
        for (String curve : CURVES) {
            List<List<Double>> points = entries.stream()
                    .filter(entry -> Double.isFinite(entry.number(curve, Double.NaN)))
                    .map(entry -> List.of(entry.number("step", 0), entry.number(curve)))
                    .toList();
            curves.put(curve, thinned(points));
        }
        entries.stream()
                .reduce((earlier, later) -> later)
                .ifPresent(last -> curves.put("seconds", last.number("seconds", 0)));
        return curves;
    }

    private static List<List<Double>> thinned(List<List<Double>> points) {
        int every = points.size() / MOST_POINTS + 1;
        List<List<Double>> kept = new ArrayList<>();
        for (int i = (points.size() + every - 1) % every; i < points.size(); i += every) {
            kept.add(points.get(i));
        }
        return kept;
    }

    /** A line that is being written is none yet. */
    private static List<JsonConfig> entries(Path log) {
        List<JsonConfig> entries = new ArrayList<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.forEach(line -> entries.add(JsonConfig.parse("log", line.getBytes(StandardCharsets.UTF_8))));
        } catch (BadFileException unfinished) {
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
