package io.percolate.diffusion.sde;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.nn.engine.Scope;

/**
 * The deterministic way between data and noise with the marginals of the SDE (Song et al. 2021, section 4.3). It goes
 * both ways: what {@link #encode} makes of an image, {@link #decode} brings back.
 *
 * <p>The steps follow the error of the whole batch, so an image by itself and the same image in a batch differ by as
 * much as the solver's tolerance.
 *
 * @param solver how exactly it is followed
 */
public record ProbabilityFlow(OdeSolver solver) implements SdeSampler {

    @Override
    public NDArray sample(ScoreModel model, NDArray initial, StepNoise noise) {
        try (NDArray prior = model.sde().prior(initial)) {
            return decode(model, prior);
        }
    }

    /** The noise (B,...) in the prior's scale that data {@code x} (B,...) come from. */
    public NDArray encode(ScoreModel model, NDArray x) {
        return follow(model, x, model.earliest(), 1);
    }

    /** The data that come from {@code noise} (B,...) in the prior's scale. */
    public NDArray decode(ScoreModel model, NDArray noise) {
        return follow(model, noise, 1, model.earliest());
    }

    private NDArray follow(ScoreModel model, NDArray x, double from, double to) {
        FlatArray flat = new FlatArray(x);
        OdeSolver.Derivative derivative =
                (time, y) -> Scope.call(() -> FlatArray.numbers(model.probabilityFlow(flat.array(y), time)));
        return flat.array(
                solver.solve(derivative, FlatArray.numbers(x), from, to).y());
    }
}
