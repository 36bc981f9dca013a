package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.Pndm;
import io.percolate.files.BadFileException;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link Pndm} as the options of a {@code PNDMScheduler}. */
final class PndmJson {

    private static final String SKIP_RUNGE_KUTTA = "skip_prk_steps";

    private PndmJson() {}

    static Pndm read(JsonConfig json) {
        if (!json.flag(SKIP_RUNGE_KUTTA, true)) {
            throw new BadFileException(json.source() + ": skip_prk_steps is false, but Runge-Kutta steps are not"
                    + " supported: set it to true, or choose another sampler");
        }
        return new Pndm(DiffusionProcessJson.readPrediction(json));
    }

    static Map<String, Object> write(Pndm sampler) {
        return Map.of(SKIP_RUNGE_KUTTA, true);
    }
}
