package io.percolate.pipeline.comparison;

import io.percolate.pipeline.training.recipe.Budget;
import java.util.List;
import java.util.Locale;

/**
 * How long a comparison will take, roughly: steps of one image are slower than those of many, and other work on the machine
 * is not known.
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
     * @param secondsPerImage of a step of one image, forward and backward
     */
    record Arm(int batchSize, double secondsPerImage) {}

    private int trainings() {
        return settings.arms().size() * settings.plan().seeds();
    }

    private double trainingSeconds() {
        double step = measured.stream()
                .mapToDouble(arm -> arm.batchSize * arm.secondsPerImage)
                .average()
                .orElse(0);
        return trainings() * settings.plan().budget().seconds(step);
    }

    private double generatingSeconds() {
        double prediction =
                measured.stream().mapToDouble(Arm::secondsPerImage).average().orElse(0) / Cost.PASSES;
        return trainings()
                * GENERATIONS
                * settings.samples().images()
                * settings.samples().steps()
                * PREDICTIONS
                * prediction;
    }

    @Override
    public String toString() {
        Budget budget = settings.plan().budget();
        return String.format(
                Locale.ROOT,
                "%d trainings of %s each, in %s: about %.0f minutes, and %.0f to generate and to measure",
                trainings(),
                budget,
                settings.plan().clock().words(),
                Math.ceil(trainingSeconds() / 60),
                Math.ceil(generatingSeconds() / 60));
    }
}
