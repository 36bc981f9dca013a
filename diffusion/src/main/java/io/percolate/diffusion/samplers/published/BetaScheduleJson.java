package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.BetaSchedule;
import io.percolate.diffusion.process.BetaSchedule.Cosine;
import io.percolate.diffusion.process.BetaSchedule.Given;
import io.percolate.diffusion.process.BetaSchedule.Linear;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.Sigmoid;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import io.percolate.files.JsonConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link BetaSchedule} as the {@code beta_*} keys, {@code trained_betas} and {@code rescale_betas_zero_snr}. */
final class BetaScheduleJson {

    private static final String ZERO_SNR = "rescale_betas_zero_snr";

    private BetaScheduleJson() {}

    static BetaSchedule read(JsonConfig json) {
        BetaSchedule betas = readBase(json);
        return json.flag(ZERO_SNR, false) ? new ZeroTerminalSnr(betas) : betas;
    }

    private static BetaSchedule readBase(JsonConfig json) {
        List<Double> given = json.numbers("trained_betas", List.of());
        String name = json.string("beta_schedule", "linear");
        double start = json.number("beta_start");
        double end = json.number("beta_end");
        if (!given.isEmpty()) {
            return new Given(given);
        }
        return switch (name) {
            case "linear" -> new Linear(start, end);
            case "scaled_linear" -> new ScaledLinear(start, end);
            case "squaredcos_cap_v2" -> new Cosine();
            case "sigmoid" -> new Sigmoid(start, end);
            default ->
                throw Options.refused(json, "beta_schedule", name, "linear, scaled_linear, squaredcos_cap_v2, sigmoid");
        };
    }

    static Map<String, Object> write(BetaSchedule betas) {
        Map<String, Object> values = new TreeMap<>();
        if (betas instanceof ZeroTerminalSnr rescaled) {
            values.putAll(write(rescaled.base()));
            values.put(ZERO_SNR, true);
        } else if (betas instanceof Linear linear) {
            putRange(values, "linear", linear.start(), linear.end());
        } else if (betas instanceof ScaledLinear scaled) {
            putRange(values, "scaled_linear", scaled.start(), scaled.end());
        } else if (betas instanceof Sigmoid sigmoid) {
            putRange(values, "sigmoid", sigmoid.start(), sigmoid.end());
        } else if (betas instanceof Cosine) {
            putRange(values, "squaredcos_cap_v2", 1e-4, 0.02);
        } else if (betas instanceof Given given) {
            putRange(values, "linear", 1e-4, 0.02);
            values.put("trained_betas", given.values());
        }
        return values;
    }

    private static void putRange(Map<String, Object> values, String name, double start, double end) {
        values.put("beta_schedule", name);
        values.put("beta_start", start);
        values.put("beta_end", end);
    }
}
