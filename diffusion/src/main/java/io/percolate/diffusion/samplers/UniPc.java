package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.samplers.published.Options;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.JsonConfig;
import java.util.Map;

/**
 * UniPC (Zhao et al. 2023, algorithms 5 to 8) on clean images: a multistep predictor, corrected by the
 * estimate at the point it led to, which the next step needs anyway.
 *
 * @param order 1, 2 or 3
 * @param scale the function B(h) of the paper
 * @param cautiousEnd whether the order is lowered towards the end
 */
public record UniPc(int order, BhVariant scale, boolean cautiousEnd) implements LogSnrSampler {

    public static UniPc read(JsonConfig config) {
        if (!config.flag("predict_x0", true)) {
            throw Options.refused(config, "predict_x0", "false", "true");
        }
        BhVariant scale = Options.choice(config, "solver_type", BhVariant.class, BhVariant.BH2);
        return new UniPc(Options.order(config, 3), scale, DpmSolver.cautiousEnd(config));
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (Multistep past = new Multistep(order + 1);
                History starts = new History(1)) {
            return steps.walk(model, x, (predicted, step, network) -> {
                past.push(network.estimate(predicted, step.from()).x0(), step.from());
                NDArray xt = past.size() == 1
                        ? predicted.duplicate()
                        : correct(starts.get(0), steps.before(step), past, steps);
                starts.push(xt);
                return predict(xt, step, past, order(step, steps));
            });
        }
    }

    /** Order of the prediction in a step: grows by one from the first taken, shrinks to one at the last. */
    private int order(Step step, Steps steps) {
        int left = steps.planned() - step.index();
        return step.onlyFirstOrder() ? 1 : Math.min(Math.min(order, steps.taken(step)), cautiousEnd ? left : order);
    }

    /** UniP: x at the end of {@code step} from x at its start. */
    private NDArray predict(NDArray x, Step step, Multistep past, int order) {
        UniPcWeights weights = UniPcWeights.predictor(past.ratios(0, order, step.h()), step.h(), scale);
        return update(x, step, past, 0, weights);
    }

    /** UniC: x at the end of {@code step} once more, now that the estimate there is known. */
    private NDArray correct(NDArray x, Step step, Multistep past, Steps steps) {
        double[] ratios = past.ratios(1, order(step, steps), step.h());
        UniPcWeights weights = UniPcWeights.corrector(ratios, step.h(), scale);
        NDArray next = update(x, step, past, 1, weights);
        double last = -step.to().alpha() * weights.ofEnd();
        return axpby(1, axpby(1, next, last, past.x0(0)), -last, past.x0(1));
    }

    /** The exponential step on the estimate of {@code age} steps ago, and its differences to older ones. */
    private static NDArray update(NDArray x, Step step, Multistep past, int age, UniPcWeights weights) {
        double alpha = step.to().alpha();
        NDArray base = past.x0(age);
        NDArray next = axpby(step.to().std() / step.from().std(), x, -alpha * Math.expm1(-step.h()), base);
        for (int i = 0; i < weights.ofPast().length; i++) {
            double weight = -alpha * weights.ofPast()[i];
            next = axpby(1, axpby(1, next, weight, past.x0(age + 1 + i)), -weight, base);
        }
        return next;
    }

    @Override
    public Map<String, Object> options() {
        return Map.of(
                "solver_order",
                order,
                "solver_type",
                Options.name(scale),
                "predict_x0",
                true,
                "lower_order_final",
                cautiousEnd);
    }
}
