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
 * rate, the gradient norm, the loss and its terms, each averaged since the entry before.
 */
final class TrainingLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** So many steps have an entry each; after them an entry stands for as many. */
    private static final int STEPS_PER_ENTRY = 25;

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

    /** Takes in the values of one step. */
    void add(long step, double seconds, Map<String, Double> values) {
        values.forEach((name, value) -> sums.merge(name, value, Double::sum));
        count++;
        if (step <= STEPS_PER_ENTRY || step % STEPS_PER_ENTRY == 0) {
            flush(step, seconds);
        }
    }

    /** Appends the average of what was added since the last entry, if there is any. */
    void flush(long step, double seconds) {
        if (count > 0) {
            write(average(step, seconds));
            sums.clear();
            count = 0;
        }
    }

    private Map<String, Double> average(long step, double seconds) {
        Map<String, Double> entry = new LinkedHashMap<>();
        entry.put("step", (double) step);
        entry.put("seconds", (double) Math.round(seconds));
        sums.forEach((name, sum) -> entry.put(name, sum / count));
        return entry;
    }

    private void write(Map<String, Double> entry) {
        try {
            Files.writeString(file, JSON.writeValueAsString(entry) + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
