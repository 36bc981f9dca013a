package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.BetaSchedule;
import io.percolate.diffusion.process.BetaSchedule.Cosine;
import io.percolate.diffusion.process.BetaSchedule.Linear;
import io.percolate.diffusion.process.BetaSchedule.ScaledLinear;
import io.percolate.diffusion.process.BetaSchedule.Sigmoid;
import io.percolate.diffusion.process.BetaSchedule.Trained;
import io.percolate.diffusion.process.BetaSchedule.ZeroTerminalSnr;
import io.percolate.files.JsonConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@link BetaSchedule} as the {@code beta_*} keys, {@code trained_betas} and {@code rescale_betas_zero_snr}. */
final class BetaScheduleJson {

    private static final String NAME = "beta_schedule";
    private static final String START = "beta_start";
    private static final String END = "beta_end";
    private static final String TRAINED = "trained_betas";
    private static final String ZERO_SNR = "rescale_betas_zero_snr";

    /** What diffusers writes where it has no effect. */
    private static final Linear DEFAULT = new Linear(1e-4, 0.02);

    private static final Map<Class<? extends BetaSchedule>, String> NAMES = Map.of(
            Linear.class, "linear",
            ScaledLinear.class, "scaled_linear",
            Cosine.class, "squaredcos_cap_v2",
            Sigmoid.class, "sigmoid");

    private BetaScheduleJson() {}

    static BetaSchedule read(JsonConfig json) {
        List<Double> trained = json.numbers(TRAINED, List.of());
        BetaSchedule named = named(json);
        BetaSchedule betas = trained.isEmpty() ? named : new Trained(trained);
        return json.flag(ZERO_SNR, false) ? new ZeroTerminalSnr(betas) : betas;
    }

    private static BetaSchedule named(JsonConfig json) {
        String name = json.string(NAME, "linear");
        double start = json.number(START);
        double end = json.number(END);
        return switch (name) {
            case "linear" -> new Linear(start, end);
            case "scaled_linear" -> new ScaledLinear(start, end);
            case "squaredcos_cap_v2" -> new Cosine();
            case "sigmoid" -> new Sigmoid(start, end);
            default -> throw Options.refused(json, NAME, name, "linear, scaled_linear, squaredcos_cap_v2, sigmoid");
        };
    }

    static Map<String, Object> write(BetaSchedule betas) {
        if (betas instanceof ZeroTerminalSnr rescaled) {
            return with(write(rescaled.base()), ZERO_SNR, true);
        }
        if (betas instanceof Trained trained) {
            return with(write(DEFAULT), TRAINED, trained.values());
        }
        BetaSchedule.Between range = betas instanceof BetaSchedule.Between between ? between : DEFAULT;
        return Map.of(NAME, NAMES.get(betas.getClass()), START, range.start(), END, range.end());
    }

    private static Map<String, Object> with(Map<String, Object> values, String key, Object value) {
        Map<String, Object> all = new TreeMap<>(values);
        all.put(key, value);
        return all;
    }
}
