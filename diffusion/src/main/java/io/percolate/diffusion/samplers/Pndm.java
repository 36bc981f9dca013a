package io.percolate.diffusion.samplers;

import static io.percolate.nn.engine.Aten.axpby;

import ai.djl.ndarray.NDArray;
import io.percolate.diffusion.process.DenoisedPrediction;
import io.percolate.diffusion.process.DenoisedPredictor;
import io.percolate.diffusion.process.NoiseLevel;
import io.percolate.diffusion.process.Prediction;
import io.percolate.diffusion.samplers.multistep.History;
import io.percolate.diffusion.steps.SigmaSchedule;
import io.percolate.diffusion.steps.Step;
import io.percolate.diffusion.steps.StepNoise;
import io.percolate.diffusion.steps.Steps;
import io.percolate.nn.engine.Aten;
import java.util.ArrayList;
import java.util.List;

/**
 * Pseudo linear multistep (Liu et al. 2022, eq. 9 and 12), with one corrected step at the start in place of
 * the Runge-Kutta steps.
 *
 * <p>The second step of a plan corrects the first: it runs the network where the first has ended, and repeats
 * it with the mean of both outputs.
 *
 * @param prediction what the network was trained to predict: outputs of this kind are combined
 */
public record Pndm(Prediction prediction) implements VariancePreservingSampler {

    /** Adams-Bashforth weights of the latest outputs, latest first, by how many there are. */
    private static final double[][] WEIGHTS = {
        {1}, {3 / 2.0, -1 / 2.0}, {23 / 12.0, -16 / 12.0, 5 / 12.0}, {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0}
    };

    @Override
    public Steps plan(SigmaSchedule schedule, int count, int skipped) {
        int[] timesteps = schedule.timesteps(count);
        int stride = schedule.stride(count);
        List<Step> steps = new ArrayList<>();
        for (int i = skipped; i < count; i++) {
            steps.add(step(schedule, steps.size(), timesteps[i], timesteps[i] - stride));
            if (i == skipped && i + 1 < count) {
                int second = timesteps[i + 1];
                steps.add(step(
                        schedule,
                        1,
                        Math.min(second + stride, schedule.noiseSchedule().steps() - 1),
                        second));
            }
        }
        return Steps.of(steps, count);
    }

    private static Step step(SigmaSchedule schedule, int index, int from, int to) {
        return new Step(index, schedule.levelOrEnd(from), schedule.levelOrEnd(to));
    }

    @Override
    public NDArray sample(DenoisedPredictor model, NDArray x, Steps steps, StepNoise noise) {
        try (History outputs = new History(WEIGHTS.length)) {
            return steps.run(model, x, (xt, step, predictor) -> {
                if (step.index() == 1) {
                    NDArray atEnd = output(predictor, xt, step.to());
                    return transfer(x, step, axpby(0.5, atEnd, 0.5, outputs.get(0)));
                }
                outputs.push(output(predictor, xt, step.from()), step.from());
                return transfer(xt, step, weighted(outputs));
            });
        }
    }

    private NDArray output(DenoisedPredictor model, NDArray x, NoiseLevel level) {
        DenoisedPrediction denoised = model.predict(x, level);
        return prediction.output(denoised, level);
    }

    private static NDArray weighted(History outputs) {
        double[] weights = WEIGHTS[outputs.size() - 1];
        NDArray sum = Aten.scale(outputs.get(0), weights[0]);
        for (int age = 1; age < weights.length; age++) {
            sum = axpby(1, sum, weights[age], outputs.get(age));
        }
        return sum;
    }

    /** Moves x from one level to another along the noise that {@code output} means (Liu et al. 2022, eq. 9). */
    private NDArray transfer(NDArray x, Step step, NDArray output) {
        double scale = step.to().alpha() / step.from().alpha();
        NDArray noise = prediction.epsilon(output, x, step.from());
        return axpby(scale, x, step.to().std() - scale * step.from().std(), noise);
    }
}
