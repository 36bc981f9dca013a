package io.percolate.pipeline.training.memory;

import io.percolate.files.MemorySize;
import io.percolate.nn.engine.NativeHeap;
import io.percolate.pipeline.data.OneSize;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how a training is computed so that it stays within its memory budget. The batch stays what it is. It goes
 * through the network in fewer images at a time; if even one is too much, with blocks computed again in the backward
 * pass, which leaves the weights what they are; and if that is too much, the optimizer's state and the averaged weights
 * are kept in half of the memory.
 */
public final class MemoryPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryPlanner.class);

    /** The part of a budget that is planned with; the rest is for what a few steps do not show. */
    private static final double PLANNED_SHARE = 0.95;

    private final TrainingPlan plan;
    private final StepMeter meter;
    private final double heap;

    private MemoryPlanner(TrainingProbe probe, TrainingPlan plan) {
        this.plan = plan;
        heap = HeapUse.planned(probe.dataset(), plan.loader(new OneSize(probe.trainedImages())));
        meter = new StepMeter(probe, limit(plan) - heap);
    }

    /**
     * Measures steps of one and of two images, and plans with them. Within a budget, the C library gives freed memory
     * back at once from here on ({@link NativeHeap#giveBackAtOnce}), so that the training takes what was measured.
     *
     * @throws IllegalArgumentException if the training cannot stay within its budget; it names the smallest that would do
     */
    public static TrainingForecast forecast(TrainingProbe probe, TrainingPlan plan) {
        MemoryPlanner planner = new MemoryPlanner(probe, plan);
        TrainingForecast forecast = plan.compute().memory().map(planner::within).orElseGet(planner::asGiven);
        LOG.info("{}", forecast.reason());
        return forecast;
    }

    /** {@code plan}, or within a memory budget what {@code forecast} plans. */
    public static TrainingPlan planned(TrainingPlan plan, Supplier<TrainingForecast> forecast) {
        return plan.compute().memory().isEmpty() ? plan : forecast.get().plan();
    }

    private static double limit(TrainingPlan plan) {
        return plan.compute()
                .memory()
                .map(size -> PLANNED_SHARE * size.bytes() / 1e6)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private TrainingForecast asGiven() {
        return Choice.measured(meter, plan).forecast("computed as the recipe says", heap);
    }

    private TrainingForecast within(MemorySize budget) {
        NativeHeap.giveBackAtOnce();
        TrainingPlan computedAgain = plan.withCompute(plan.compute().withGradientCheckpointing(true));
        StepCost beside = meter.beside(computedAgain);
        Choice again = Choice.measured(meter, computedAgain).beside(beside);
        Choice least = again.fits() ? again : again.compact();
        requireRoom(budget, least.leastPeak());
        return keepingBlocks()
                .map(choice -> choice.beside(beside))
                .filter(Choice::fits)
                .orElse(least)
                .forecast("to stay within " + budget, heap);
    }

    private Optional<Choice> keepingBlocks() {
        boolean mayKeep = !plan.compute().gradientCheckpointing() && meter.mayTry(plan);
        return mayKeep ? Optional.of(Choice.measured(meter, plan)) : Optional.empty();
    }

    private void requireRoom(MemorySize budget, double megabytes) {
        if (megabytes > meter.limit()) {
            throw new IllegalArgumentException(
                    "memory " + budget + " is too little for this training, even one image at"
                            + " a time and with blocks computed again: the smallest that would do is "
                            + new MemorySize(Math.round((megabytes + heap) * 1e6 / PLANNED_SHARE)));
        }
    }
}
