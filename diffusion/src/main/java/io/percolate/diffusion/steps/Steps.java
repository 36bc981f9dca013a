package io.percolate.diffusion.steps;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.nn.engine.Scope;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps that a sampler is to take, planned once, and who watches them.
 *
 * @param list the steps, most noise first
 * @param planned number of steps that were asked for, for a run from pure noise: the list is shorter in a run
 *     from an image, and longer if the sampler counts the network's calls
 * @param listener called after every step
 */
public record Steps(List<Step> list, int planned, StepListener listener) {

    public Steps {
        list = List.copyOf(list);
        if (list.isEmpty()) {
            throw new IllegalArgumentException("no step is left: ask for more steps or a greater strength");
        }
    }

    /** One step between each level and the next. */
    public static Steps between(List<NoiseLevel> levels, int planned) {
        List<Step> list = new ArrayList<>();
        for (int i = 0; i + 1 < levels.size(); i++) {
            list.add(new Step(i, levels.get(i), levels.get(i + 1)));
        }
        return of(list, planned);
    }

    /** These steps, watched by nobody. */
    public static Steps of(List<Step> list, int planned) {
        return new Steps(list, planned, StepListener.NONE);
    }

    /** The steps from number {@code first} on. */
    public Steps from(int first) {
        return new Steps(list.subList(first, list.size()), planned, listener);
    }

    /** The same steps with another listener. */
    public Steps observedBy(StepListener observer) {
        return new Steps(list, planned, observer);
    }

    /** The noise level that the starting image has to have. */
    public NoiseLevel start() {
        return list.get(0).from();
    }

    /** The step taken before {@code step}. */
    public Step before(Step step) {
        return list.get(taken(step) - 2);
    }

    /** The step taken after {@code step}. */
    public Step after(Step step) {
        return list.get(taken(step));
    }

    /** How many steps of the plan are left at the start of {@code step}, which counts. */
    public int left(Step step) {
        return planned - step.index();
    }

    /** How many steps of this run have been taken at the end of {@code step}. */
    public int taken(Step step) {
        return step.index() - list.get(0).index() + 1;
    }

    /** What a sampler does in one step: the next x from x and the model. */
    @FunctionalInterface
    public interface Update {
        /** The next sample: x at the level where {@code step} ends. */
        NDArray apply(NDArray x, Step step, DenoisedPredictor model);
    }

    /** Takes all steps, freeing everything but the last x; {@code start} stays the caller's. */
    public NDArray run(DenoisedPredictor model, NDArray start, Update update) {
        NDArray x = start;
        try {
            for (Step step : list) {
                NDArray before = x;
                NDArray after = Scope.keep(() -> take(step, model, before, update));
                free(before, start);
                x = after;
            }
            return x;
        } catch (RuntimeException e) {
            free(x, start);
            throw e;
        }
    }

    private NDArray take(Step step, DenoisedPredictor model, NDArray x, Update update) {
        LatestPrediction prediction = new LatestPrediction(model);
        NDArray next = update.apply(x, step, prediction);
        listener.onStep(new StepListener.Event(step, taken(step), list.size(), next, prediction.x0()));
        return next;
    }

    private static void free(NDArray x, NDArray start) {
        if (x != start) {
            x.close();
        }
    }
}
