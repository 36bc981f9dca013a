package io.percolate.pipeline.training.session;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.percolate.files.AtomicFile;
import io.percolate.files.FailureReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
    private final LogWindow window;
    private final EventFile events;

    /**
     * Continues {@code file}, without the entries of steps that are about to be made again.
     *
     * @param step the last step that is not
     * @param window the steps up to there that have no entry yet
     */
    TrainingLog(Path file, long step, LogWindow window) throws IOException {
        this.file = file;
        this.window = window;
        StringBuilder kept = new StringBuilder();
        List<Map<String, Double>> entries = new ArrayList<>();
        for (Map<String, Double> entry : read(file)) {
            if (entry.get("step") <= step - (entry.containsKey("loss") ? window.count() : 0)) {
                kept.append(line(entry));
                entries.add(entry);
            }
        }
        AtomicFile.write(file, out -> out.write(kept.toString().getBytes(StandardCharsets.UTF_8)));
        double seconds = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).get("seconds");
        events = new EventFile(
                file.resolveSibling("events.out.tfevents.percolate"),
                entries,
                System.currentTimeMillis() / 1000.0 - seconds);
    }

    /** Every entry of a log, in order; none if there is no file. A last line that a kill cut short is no entry. */
    static List<Map<String, Double>> read(Path file) throws IOException {
        List<Map<String, Double>> entries = new ArrayList<>();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            for (String line : whole.lines().toList()) {
                entries.add(entry(line));
            }
        }
        return entries;
    }

    private static Map<String, Double> entry(String line) throws IOException {
        Map<String, Double> entry = new LinkedHashMap<>();
        JSON.readTree(line)
                .properties()
                .forEach(field -> entry.put(field.getKey(), field.getValue().asDouble()));
        return entry;
    }

    /** The steps that have no entry yet. */
    LogWindow window() {
        return window;
    }

    /** Takes in the values of one step. */
    void add(long step, double seconds, Map<String, Double> values) {
        window.add(values);
        if (step <= STEPS_PER_ENTRY || step % STEPS_PER_ENTRY == 0) {
            flush(step, seconds);
        }
    }

    /** Appends the average of what was added since the last entry, if there is any. */
    void flush(long step, double seconds) {
        if (window.count() > 0) {
            write(step, seconds, window.take());
        }
    }

    /** Appends an entry of its own. */
    void write(long step, double seconds, Map<String, Double> values) {
        Map<String, Double> entry = new LinkedHashMap<>();
        entry.put("step", (double) step);
        entry.put("seconds", (double) Math.round(seconds));
        entry.putAll(values);
        try {
            Files.writeString(file, line(entry), StandardOpenOption.APPEND);
            events.add(entry);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + FailureReason.of(e), e);
        }
    }

    private static String line(Map<String, Double> entry) throws IOException {
        return JSON.writeValueAsString(entry) + "\n";
    }
}
