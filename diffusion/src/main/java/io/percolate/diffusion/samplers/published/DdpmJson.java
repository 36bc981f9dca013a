package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.process.GaussianPosterior.Variance;
import io.percolate.diffusion.samplers.Ddpm;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link Ddpm} as the options of a {@code DDPMScheduler}. */
final class DdpmJson {

    private static final String VARIANCE = "variance_type";

    private DdpmJson() {}

    static Ddpm read(JsonConfig json) {
        return new Ddpm(Options.choice(json, VARIANCE, Variance.class, Variance.FIXED_SMALL));
    }

    static Map<String, Object> write(Ddpm sampler) {
        return Map.of(VARIANCE, Options.name(sampler.variance()));
    }
}
