package io.percolate.pipeline.training.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The history of a training as JSON lines, one object per entry: {@code step}, {@code seconds}, the learning
 * rate, the gradient norm and the parts of the loss, each averaged since the entry before.
 */
final class TrainingLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, Double> sums = new LinkedHashMap<>();
    private int count;

    /** Continues {@code file}, without the entries after {@code step}: they are about to be made again. */
    TrainingLog(Path file, long step) throws IOException {
        this.file = file;
        List<String> kept = new ArrayList<>();
        for (Map<String, Double> entry : read(file)) {
            if (entry.get("step") <= step) {
                kept.add(JSON.writeValueAsString(entry));
            }
        }
        Files.write(file, kept);
    }

    /** Every entry of a log, in order; none if there is no file. */
    static List<Map<String, Double>> read(Path file) throws IOException {
        List<Map<String, Double>> entries = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                Map<String, Double> entry = new LinkedHashMap<>();
                JSON.readTree(line)
                        .properties()
                        .forEach(field ->
                                entry.put(field.getKey(), field.getValue().asDouble()));
                entries.add(entry);
            }
        }
        return entries;
    }

    /** Takes the values of one step into the average. */
    void add(Map<String, Double> values) {
        values.forEach((name, value) -> sums.merge(name, value, Double::sum));
        count++;
    }

    /** Appends the average of what was added since the last entry, and starts anew. */
    void write(long step, double seconds) {
        Map<String, Double> entry = new LinkedHashMap<>();
        entry.put("step", (double) step);
        entry.put("seconds", (double) Math.round(seconds));
        sums.forEach((name, sum) -> entry.put(name, sum / count));
        sums.clear();
        count = 0;
        try {
            Files.writeString(file, JSON.writeValueAsString(entry) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
