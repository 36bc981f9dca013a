package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.Tcd;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link Tcd} as the options of a {@code TCDScheduler}. */
final class TcdJson {

    /** What runs get that ask for nothing else, as in diffusers. */
    private static final double ETA = 0.3;

    private TcdJson() {}

    static Tcd read(JsonConfig json) {
        return new Tcd(json.integer(LcmJson.ORIGINAL_STEPS, 50), ETA);
    }

    static Map<String, Object> write(Tcd sampler) {
        return Map.of(LcmJson.ORIGINAL_STEPS, sampler.originalSteps());
    }
}
