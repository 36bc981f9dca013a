package io.percolate.cli.train;

import io.percolate.command.options.JsonText;
import io.percolate.pipeline.training.memory.MemoryUse;
import io.percolate.pipeline.training.memory.TrainingForecast;
import io.percolate.pipeline.training.recipe.Budget;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a training would take, for people and for programs.
 *
 * @param forecast what was measured
 * @param budget how long the training is to go on
 */
record ForecastReport(TrainingForecast forecast, Budget budget) {

    /** One JSON object; memory in megabytes of 10^6 bytes. */
    String json() {
        return JsonText.of(values());
    }

    /** A line for each number. */
    String text() {
        return values().entrySet().stream()
                .map(entry -> String.format(
                        Locale.ROOT, "%-24s %s", entry.getKey().replace('_', ' '), text(entry.getValue())))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return String.format(Locale.ROOT, "%,.1f", number);
        }
        return value instanceof Number ? String.format(Locale.ROOT, "%,d", value) : String.valueOf(value);
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        MemoryUse memory = forecast.memory();
        values.put("parameters", memory.parameters());
        values.put("weights_mb", memory.network().weights());
        values.put("gradients_mb", memory.network().gradients());
        values.put("optimizer_mb", memory.network().optimizer());
        values.put("averages_mb", memory.network().averages());
        values.put("discriminator_mb", memory.discriminator().total());
        values.put("activations_mb", memory.activations());
        values.put("rest_mb", memory.rest());
        values.put("total_mb", memory.total());
        values.put("cache_mb", forecast.cacheBytes() / 1e6);
        addPlan(values);
        return values;
    }

    private void addPlan(Map<String, Object> values) {
        long steps = budget.totalSteps(1, forecast.secondsPerStep());
        values.put("batch_size", forecast.plan().batchSize());
        values.put("micro_batch", forecast.plan().compute().microBatch().orElseThrow());
        values.put("gradient_checkpointing", forecast.plan().compute().gradientCheckpointing());
        values.put("pixels_at_once", forecast.plan().compute().beside().pixelsAtOnce());
        values.put("seconds_per_step", forecast.secondsPerStep());
        values.put("steps", steps);
        values.put("minutes", steps * forecast.secondsPerStep() / 60);
        values.put("reason", forecast.reason());
    }
}
