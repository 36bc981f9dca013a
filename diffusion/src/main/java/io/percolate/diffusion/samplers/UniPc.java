package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.samplers.multistep.UniPcWeights;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import java.util.stream.IntStream;

/**
 * UniPC (Zhao et al. 2023, algorithms 5 to 8) on clean images: a multistep predictor, corrected by the prediction at
 * the point it led to, which the next step needs anyway.
 *
 * @param order 1, 2 or 3
 * @param variant the function B(h) of the paper
 * @param lowerOrderFinal whether the order falls to 1 towards the end
 */
public record UniPc(int order, BhVariant variant, boolean lowerOrderFinal) implements LogSnrSampler {

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History x0 = new History(order + 1);
                History starts = new History(1)) {
            return steps.run(model, x, (predicted, step, predictor) -> {
                x0.push(predictor.predict(predicted, step.from()).x0(), step.from());
                NDArray xt =
                        x0.size() == 1 ? predicted.duplicate() : correct(starts.get(0), steps.before(step), x0, steps);
                starts.push(xt, step.from());
                return predict(xt, step, x0, order(step, steps));
            });
        }
    }

    /** Order of the prediction in a step: grows by one from the first taken, shrinks to one at the last. */
    private int order(Step step, Steps steps) {
        if (step.onlyFirstOrder()) {
            return 1;
        }
        int grown = Math.min(order, steps.taken(step));
        return lowerOrderFinal ? Math.min(grown, steps.left(step)) : grown;
    }

    /** UniP: x at the end of {@code step} from x at its start. */
    private NDArray predict(NDArray x, Step step, History x0, int order) {
        double h = step.h();
        UniPcWeights weights = UniPcWeights.predictor(ratios(x0, 0, order, h), h, variant.of(h));
        return update(x, step, x0, 0, weights);
    }

    /** UniC: x at the end of {@code step} once more, now that the prediction there is known. */
    private NDArray correct(NDArray x, Step step, History x0, Steps steps) {
        double h = step.h();
        double[] ratios = ratios(x0, 1, order(step, steps), h);
        UniPcWeights weights = UniPcWeights.corrector(ratios, h, variant.of(h));
        NDArray next = update(x, step, x0, 1, weights);
        double last = -step.to().alpha() * weights.ofEnd();
        return axpby(1, axpby(1, next, last, x0.get(0)), -last, x0.get(1));
    }

    /** The exponential step on the clean image of this age, and its differences to older ones. */
    private static NDArray update(NDArray x, Step step, History x0, int age, UniPcWeights weights) {
        double alpha = step.to().alpha();
        NDArray base = x0.get(age);
        NDArray next = DpmSolver.first(x, step, base);
        for (int i = 0; i < weights.ofPast().length; i++) {
            double weight = -alpha * weights.ofPast()[i];
            next = axpby(1, axpby(1, next, weight, x0.get(age + 1 + i)), -weight, base);
        }
        return next;
    }

    /** lambda of the {@code order - 1} predictions before the one of this age, from there, in units of h. */
    private static double[] ratios(History x0, int age, int order, double h) {
        return IntStream.range(1, order)
                .mapToDouble(i -> (x0.level(age + i).lambda() - x0.level(age).lambda()) / h)
                .toArray();
    }
}
