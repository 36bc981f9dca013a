package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.BhVariant;
import io.percolate.diffusion.samplers.UniPc;
import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.TreeMap;

/** {@link UniPc} as the options of a {@code UniPCMultistepScheduler}. */
final class UniPcJson {

    private static final String PREDICT_X0 = "predict_x0";

    private UniPcJson() {}

    static UniPc read(JsonConfig json) {
        if (!json.flag(PREDICT_X0, true)) {
            throw Options.refused(json, PREDICT_X0, "false", "true");
        }
        BhVariant variant = Options.choice(json, SolverOptions.TYPE, BhVariant.class, BhVariant.BH2);
        return new UniPc(SolverOptions.order(json, 3), variant, SolverOptions.lowerOrderFinal(json));
    }

    static Map<String, Object> write(UniPc sampler) {
        Map<String, Object> options = new TreeMap<>(
                SolverOptions.write(sampler.order(), Options.name(sampler.variant()), sampler.lowerOrderFinal()));
        options.put(PREDICT_X0, true);
        return options;
    }
}
