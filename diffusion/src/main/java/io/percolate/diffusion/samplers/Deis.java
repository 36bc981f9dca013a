package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.samplers.published.Options;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.files.JsonConfig;
import io.percolate.nn.engine.Aten;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Diffusion exponential integrator, log-rho multistep (Zhang and Chen 2023, section 3.4): a polynomial in
 * log sigma through the latest noise estimates, integrated over sigma.
 *
 * @param order 1, 2 or 3
 * @param cautiousEnd whether short runs lower the order towards the end
 */
public record Deis(int order, boolean cautiousEnd) implements LogSnrSampler {

    public static Deis read(JsonConfig config) {
        Options.require(config, "algorithm_type", "deis");
        Options.require(config, "solver_type", "logrho");
        return new Deis(Options.order(config, 3), DpmSolver.cautiousEnd(config));
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History past = new History(order)) {
            List<NoiseLevel> levels = new ArrayList<>();
            return steps.walk(model, x, (xt, step, network) -> {
                past.push(noise(network, xt, step.from()));
                levels.add(0, step.from());
                int terms = Math.min(past.size(), DpmSolver.order(order, cautiousEnd, step, steps.planned()));
                return update(xt, step, past, levels.subList(0, terms));
            });
        }
    }

    /** The noise that remains if the clean image, which may have been clipped, is taken away. */
    private static NDArray noise(DenoisedPredictor network, NDArray x, NoiseLevel level) {
        NDArray x0 = network.estimate(x, level).x0();
        return axpby(1 / level.std(), x, -1 / level.sigma(), x0);
    }

    private static NDArray update(NDArray x, Step step, History past, List<NoiseLevel> levels) {
        double alpha = step.to().alpha();
        NDArray next = Aten.scale(x, alpha / step.from().alpha());
        for (int i = 0; i < levels.size(); i++) {
            double weight = alpha
                    * LogPolynomial.of(levels, i)
                            .integral(step.from().sigma(), step.to().sigma());
            next = axpby(1, next, weight, past.get(i));
        }
        return next;
    }

    @Override
    public Map<String, Object> options() {
        return Map.of(
                "solver_order",
                order,
                "solver_type",
                "logrho",
                "algorithm_type",
                "deis",
                "lower_order_final",
                cautiousEnd);
    }
}
