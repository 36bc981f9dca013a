package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.memory.ImageCost;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long a comparison will take, roughly: it is judged by a few steps, and other work on the machine is not known.
 *
 * @param settings what is compared
 * @param measured the arms whose steps are known; others are taken for their mean
 */
record DurationForecast(ComparisonSettings settings, List<Arm> measured) {

    /** Images generated in the end, on the way, for trained captions and to measure the bound, in parts of the former. */
    private static final double GENERATIONS = 3;

    /** Classifier-free guidance predicts twice. */
    private static final int PREDICTIONS = 2;

    /**
     * An arm whose steps are known.
     *
     * @param batchSize images of a step
     * @param cost of its steps
     */
    record Arm(int batchSize, ImageCost cost) {

        double step() {
            return batchSize * cost.secondsPerImage() + cost.secondsPerStep();
        }

        double prediction() {
            return cost.secondsPerImage() / Cost.PASSES;
        }
    }

    private int trainings() {
        return settings.arms().size() * settings.plan().seeds();
    }

    private double trainingSeconds() {
        return trainings() * settings.plan().budget().seconds(mean(Arm::step));
    }

    private double generatingSeconds() {
        int images = settings.samples().images();
        int steps = settings.samples().steps();
        return trainings() * GENERATIONS * images * steps * PREDICTIONS * mean(Arm::prediction);
    }

    private double mean(ToDoubleFunction<Arm> number) {
        return measured.stream().mapToDouble(number).average().orElse(0);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d trainings of %s each, in %s: about %.0f minutes, and %.0f to generate and to measure",
                trainings(),
                settings.plan().budget(),
                settings.plan().clock().words(),
                Math.ceil(trainingSeconds() / 60),
                Math.ceil(generatingSeconds() / 60));
    }
}
