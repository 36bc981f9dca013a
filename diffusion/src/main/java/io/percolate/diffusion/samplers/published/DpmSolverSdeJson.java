package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.DpmSolverSde;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link DpmSolverSde} as the options of a {@code DPMSolverMultistepScheduler} of its algorithm. */
final class DpmSolverSdeJson {

    private DpmSolverSdeJson() {}

    static DpmSolverSde read(JsonConfig json) {
        Options.require(json, SolverOptions.ALGORITHM, "sde-dpmsolver++");
        SolverOptions.refuseLearnedVariance(json);
        SolverOptions.order(json, 2);
        return new DpmSolverSde(DpmSolverJson.solverType(json), SolverOptions.lowerOrderFinal(json));
    }

    static Map<String, Object> write(DpmSolverSde sampler) {
        return SolverOptions.write(2, Options.name(sampler.solverType()), sampler.lowerOrderFinal());
    }
}
