package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.Deis;
import io.percolate.files.JsonConfig;
import java.util.Map;
import java.util.TreeMap;

/** {@link Deis} as the options of a {@code DEISMultistepScheduler}. */
final class DeisJson {

    private static final String NAME = "deis";
    private static final String SOLVER = "logrho";

    private DeisJson() {}

    static Deis read(JsonConfig json) {
        Options.require(json, SolverOptions.ALGORITHM, NAME);
        Options.require(json, SolverOptions.TYPE, SOLVER);
        return new Deis(SolverOptions.order(json, 3), SolverOptions.lowerOrderFinal(json));
    }

    static Map<String, Object> write(Deis sampler) {
        Map<String, Object> options =
                new TreeMap<>(SolverOptions.write(sampler.order(), SOLVER, sampler.lowerOrderFinal()));
        options.put(SolverOptions.ALGORITHM, NAME);
        return options;
    }
}
