package io.percolate.diffusion.sde;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseSchedule;
import io.percolate.nn.engine.Scope;

/**
 * A process and the score of its marginals: all that is needed to go back from noise to data.
 *
 * @param sde the forward process
 * @param score the score at every time from {@code earliest} to 1
 * @param earliest where the way back ends; at time 0 the score of data on a surface is infinite
 */
public record ScoreModel(Sde sde, Score score, double earliest) {

    public ScoreModel {
        if (!(earliest >= 0 && earliest < 1)) {
            throw new IllegalArgumentException("earliest time " + earliest + " is not from 0 up to 1");
        }
    }

    /** A network trained on the timesteps of {@code schedule}; the way back ends at the noise of timestep 0. */
    public static ScoreModel of(Sde sde, DenoisedPredictor model, NoiseSchedule schedule) {
        double earliest = Math.max(0, sde.timeOf(schedule.level(0).sigma()));
        return new ScoreModel(sde, Score.of(sde, model, schedule), earliest);
    }

    /** The drift of the reverse-time SDE, f x - g^2 score (Song et al. 2021, eq. 6). */
    public NDArray reverseDrift(NDArray x, double time) {
        return driftWith(1, x, time);
    }

    /** dx/dt of the ordinary differential equation with the same marginals, f x - g^2/2 score (Song et al. 2021, eq. 13). */
    public NDArray probabilityFlow(NDArray x, double time) {
        return driftWith(0.5, x, time);
    }

    private NDArray driftWith(double share, NDArray x, double time) {
        double diffusion = sde.diffusion(time);
        return Scope.keep(() -> axpby(sde.driftFactor(time), x, -share * diffusion * diffusion, score.at(x, time)));
    }
}
