package io.percolate.pipeline.comparison;

import io.percolate.pipeline.comparison.arms.ArmRecipe;
import io.percolate.pipeline.comparison.arms.AutoencoderChoice;
import io.percolate.pipeline.training.memory.ImageCost;
import java.util.List;

/** Measures what steps of arms take, which tells how long a comparison will take. */
record StepCosts(RunContext context) {

    /** What a step of {@code run} takes. */
    ImageCost of(ArmRun run) {
        return context.stages()
                .once(
                        "cost of a step of " + run.arm().name(),
                        ImageCost.class,
                        () -> run.cost(context.images().trained()))
                .result();
    }

    /** How long all trainings and all images will take, from the arms whose step can be measured before any training. */
    DurationForecast forecast() {
        List<DurationForecast.Arm> measured = context.settings().arms().stream()
                .filter(arm -> arm.autoencoder().map(AutoencoderChoice::isGiven).orElse(true))
                .map(this::measured)
                .toList();
        return new DurationForecast(context.settings(), measured);
    }

    private DurationForecast.Arm measured(ArmRecipe arm) {
        ArmRun first = new ArmRun(arm, 0, context.settings().out());
        return new DurationForecast.Arm(arm.model().batchSize(), of(first));
    }
}
