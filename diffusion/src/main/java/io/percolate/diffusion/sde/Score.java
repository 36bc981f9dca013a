package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.function.DoubleUnaryOperator;

/** The gradient of the log-density of x_t with respect to x_t: where x_t becomes more likely (Song et al. 2021). */
@FunctionalInterface
public interface Score {

    /** The score at {@code x} (B,...) and {@code time}, like x. */
    NDArray at(NDArray x, double time);

    /**
     * What a network trained on the timesteps of {@code schedule} says of {@code sde}, whichever of the three it is: x
     * is brought to the scale of training, and the timestep is that of as much noise relative to signal.
     */
    static Score of(Sde sde, DenoisedPredictor model, NoiseSchedule schedule) {
        return ofTimesteps(sde, model, sde.timesteps(schedule));
    }

    /**
     * The score is -epsilon / std (Song et al. 2021, section 4.3).
     *
     * @param model takes alpha x0 + std epsilon with alpha^2 + std^2 = 1
     * @param timestep what the network is told at a time
     */
    static Score ofTimesteps(Sde sde, DenoisedPredictor model, DoubleUnaryOperator timestep) {
        return (x, time) -> Scope.keep(() -> {
            Marginal marginal = sde.marginal(time);
            NoiseLevel level = new NoiseLevel(timestep.applyAsDouble(time), marginal.sigma());
            NDArray scaled = Aten.scale(x, level.alpha() / marginal.alpha());
            return Aten.scale(model.predict(scaled, level).epsilon(), -1 / marginal.std());
        });
    }
}
