package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.DpmSolver;
import io.percolate.diffusion.samplers.SolverType;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link DpmSolver} as the options of a {@code DPMSolverMultistepScheduler}. */
final class DpmSolverJson {

    private DpmSolverJson() {}

    static DpmSolver read(JsonConfig json) {
        Options.require(json, SolverOptions.ALGORITHM, "dpmsolver++");
        SolverOptions.refuseLearnedVariance(json);
        return new DpmSolver(SolverOptions.order(json, 3), solverType(json), SolverOptions.lowerOrderFinal(json));
    }

    static SolverType solverType(JsonConfig json) {
        return Options.choice(json, SolverOptions.TYPE, SolverType.class, SolverType.MIDPOINT);
    }

    static Map<String, Object> write(DpmSolver sampler) {
        return SolverOptions.write(sampler.order(), Options.name(sampler.solverType()), sampler.lowerOrderFinal());
    }
}
