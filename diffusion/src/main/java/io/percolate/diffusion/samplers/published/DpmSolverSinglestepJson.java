package io.percolate.diffusion.samplers.published;

import io.percolate.diffusion.samplers.DpmSolverSinglestep;
import io.percolate.files.JsonConfig;
import java.util.Map;

/** {@link DpmSolverSinglestep} as the options of a {@code DPMSolverSinglestepScheduler}. */
final class DpmSolverSinglestepJson {

    private DpmSolverSinglestepJson() {}

    static DpmSolverSinglestep read(JsonConfig json) {
        Options.require(json, SolverOptions.ALGORITHM, "dpmsolver++");
        SolverOptions.refuseLearnedVariance(json);
        if (SolverOptions.order(json, 2) == 1) {
            throw Options.refused(json, SolverOptions.ORDER, "1", "2");
        }
        return new DpmSolverSinglestep(DpmSolverJson.solverType(json), SolverOptions.lowerOrderFinal(json));
    }

    static Map<String, Object> write(DpmSolverSinglestep sampler) {
        return SolverOptions.write(2, Options.name(sampler.solverType()), sampler.lowerOrderFinal());
    }
}
