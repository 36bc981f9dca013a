package io.percolate.pipeline.training.session;

import io.percolate.files.JsonConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** The sums over the steps that the next entry of a {@link TrainingLog} stands for; a checkpoint keeps them. */
final class LogWindow {

    private Map<String, Double> sums = new LinkedHashMap<>();
    private int count;

    /** What {@link #values} gave. */
    static LogWindow of(JsonConfig saved) {
        LogWindow window = new LogWindow();
        window.count = saved.integer("count");
        saved.section("sums")
                .ifPresent(sums -> sums.values().keySet().forEach(name -> window.sums.put(name, sums.number(name))));
        return window;
    }

    /** Count and sums, for a checkpoint. */
    Map<String, Object> values() {
        return Map.of("count", count, "sums", Map.copyOf(sums));
    }

    /** How many steps it has. */
    int count() {
        return count;
    }

    void add(Map<String, Double> values) {
        Map<String, Double> added = new LinkedHashMap<>();
        values.forEach((name, value) -> added.put(name, sums.getOrDefault(name, 0.0) + value));
        sums.forEach(added::putIfAbsent);
        sums = added;
        count++;
    }

    /** The means, of which nothing is left in here. */
    Map<String, Double> take() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums.forEach((name, sum) -> means.put(name, sum / count));
        sums = new LinkedHashMap<>();
        count = 0;
        return means;
    }
}
