package io.percolate.pipeline.training.consistency;

import ai.djl.ndarray.NDArray;
import io.percolate.conditioning.prompts.CaptionDropout;
import io.percolate.diffusion.process.DiffusionProcess;
import io.percolate.diffusion.process.WeightedMean;
import io.percolate.nn.engine.Aten;
import io.percolate.nn.engine.Scope;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What a consistency model is trained to do.
 *
 * @param process that it runs back
 * @param steps of the solver that it imitates
 * @param guidance the scales that it learns, which it is told in generation
 * @param captionDropout how often it is told nothing
 * @param huberWidth differences well below it count by their squares, those well above by their size
 */
public record ConsistencyObjective(
        DiffusionProcess process,
        SolverSteps steps,
        GuidanceRange guidance,
        CaptionDropout captionDropout,
        double huberWidth) {

    /**
     * Guidance scales.
     *
     * @param lowest above 0
     * @param highest no lower
     */
    public record GuidanceRange(double lowest, double highest) {

        public GuidanceRange {
            if (!(lowest > 0 && highest >= lowest && Double.isFinite(highest))) {
                throw new IllegalArgumentException("guidance scales from " + lowest + " to " + highest
                        + ": give two above 0, the lower first, such as 1 and 8");
            }
        }

        /** One for each of {@code images}, all alike likely. */
        double[] sample(int images, RandomGenerator random) {
            return random.doubles(images)
                    .map(share -> lowest + share * (highest - lowest))
                    .toArray();
        }
    }

    /**
     * The pseudo-Huber distance of images (B,...), which large differences do not rule (Song and Dhariwal 2024, section
     * 3.3): the mean over all values, a scalar.
     *
     * @param importance what each image counts (B), 1 for each being as usual
     */
    NDArray distance(NDArray some, NDArray others, List<Double> importance) {
        return Scope.keep(() -> {
            NDArray squares = Aten.affine(some.sub(others).square(), 1, huberWidth * huberWidth);
            return WeightedMean.of(Aten.affine(squares.sqrt(), 1, -huberWidth), importance);
        });
    }
}
