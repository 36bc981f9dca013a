package io.percolate.pipeline.training.memory;

import io.percolate.files.MemorySize;
import io.percolate.pipeline.training.recipe.ComputePlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses how a training is computed so that it stays within its memory budget. The batch stays what it is, and so do the
 * weights: they go through the network in fewer images at a time, and if even one is too much, with blocks computed
 * again in the backward pass.
 */
public final class MemoryPlanner {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryPlanner.class);

    /** The part of a budget that is planned with; the rest is for what a few steps do not show. */
    private static final double PLANNED_SHARE = 0.95;

    private final TrainingProbe probe;
    private final TrainingPlan plan;
    private final StepMeter meter;

    private MemoryPlanner(TrainingProbe probe, TrainingPlan plan) {
        this.probe = probe;
        this.plan = plan;
        meter = new StepMeter(probe, limit(plan));
    }

    /**
     * Measures steps of one and of two images, and plans with them.
     *
     * @throws IllegalArgumentException if the training cannot stay within its budget; it names the smallest that would do
     */
    public static TrainingForecast forecast(TrainingProbe probe, TrainingPlan plan) {
        MemoryPlanner planner = new MemoryPlanner(probe, plan);
        TrainingForecast forecast = plan.compute().memory().map(planner::within).orElseGet(planner::asGiven);
        LOG.info("{}", forecast.reason());
        return forecast;
    }

    private static double limit(TrainingPlan plan) {
        return plan.compute()
                .memory()
                .map(size -> PLANNED_SHARE * size.bytes() / 1e6)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private TrainingForecast asGiven() {
        Choice choice = new Choice(plan, meter.model(plan));
        return choice.forecast("computed as the recipe says");
    }

    private TrainingForecast within(MemorySize budget) {
        TrainingPlan computedAgain = plan.withCompute(plan.compute().withGradientCheckpointing(true));
        Choice least = new Choice(computedAgain, meter.model(computedAgain));
        StepCost sample = meter.sample(computedAgain);
        requireRoom(budget, Math.max(least.model.peak(plan.batchSize(), 1), sample.peak()));
        Choice choice = keepingBlocks().filter(Choice::fits).orElse(least).beside(sample);
        return choice.forecast("to stay within " + budget);
    }

    private Optional<Choice> keepingBlocks() {
        boolean mayKeep = !plan.compute().gradientCheckpointing() && meter.mayTry(plan);
        return mayKeep ? Optional.of(new Choice(plan, meter.model(plan))) : Optional.empty();
    }

    private void requireRoom(MemorySize budget, double megabytes) {
        if (megabytes > meter.limit()) {
            throw new IllegalArgumentException(
                    "memory " + budget + " is too little for this training, even one image at"
                            + " a time and with blocks computed again: the smallest that would do is "
                            + new MemorySize(Math.round(megabytes * 1e6 / PLANNED_SHARE)));
        }
    }

    /** A plan, and what its steps need. */
    private final class Choice {

        private final TrainingPlan plan;
        private final StepModel model;

        Choice(TrainingPlan plan, StepModel model) {
            this.plan = plan;
            this.model = model;
        }

        boolean fits() {
            return model.peak(plan.batchSize(), 1) <= meter.limit();
        }

        /** The same with as many images beside the steps at once as there is room for. */
        Choice beside(StepCost sample) {
            double room = (meter.limit() - sample.resident()) / Math.max(1, sample.activations());
            long pixels = Math.max(1, (long) Math.min(room, plan.batchSize())) * probe.pixels();
            ComputePlan compute = plan.compute();
            long atOnce = Math.min(pixels, compute.beside().pixelsAtOnce());
            return new Choice(
                    plan.withCompute(compute.withBeside(compute.beside().withPixelsAtOnce(atOnce))), model);
        }

        TrainingForecast forecast(String why) {
            int batch = plan.batchSize();
            int wanted = Math.min(batch, plan.compute().microBatch().orElse(batch));
            int micro = Math.min(wanted, model.largestMicroBatch(batch, meter.limit()));
            ComputePlan compute = plan.compute().withMicroBatch(micro);
            MemoryUse memory = meter.kept(plan).within(model.one().resident(), model.peak(batch, micro));
            return new TrainingForecast(
                    plan.withCompute(compute),
                    memory,
                    model.seconds(batch),
                    probe.cacheBytes(),
                    reason(compute, memory, why));
        }

        private String reason(ComputePlan compute, MemoryUse memory, String why) {
            return String.format(
                    Locale.ROOT,
                    "%s: %d of %d images together, blocks %s; a step needs %,.0f MB and %.1f s",
                    why,
                    compute.microBatch().orElseThrow(),
                    plan.batchSize(),
                    compute.gradientCheckpointing() ? "computed again" : "kept",
                    memory.total(),
                    model.seconds(plan.batchSize()));
        }
    }
}
