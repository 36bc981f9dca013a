package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.training.recipe.ComputePlan;
import io.percolate.pipeline.training.recipe.TrainingPlan;
import java.util.Locale;

/**
 * One way to compute a training, and what it needs.
 *
 * @param meter measures it
 * @param plan how it is computed
 * @param model what its steps need
 * @param beside what is computed beside the steps needs, of one image
 */
record Choice(StepMeter meter, TrainingPlan plan, StepModel model, StepCost beside) {

    /** Measures steps of {@code plan}, and nothing beside them. */
    static Choice measured(StepMeter meter, TrainingPlan plan) {
        return new Choice(meter, plan, meter.model(plan), new StepCost(0, 0, 0));
    }

    /** The same with what is computed beside the steps. */
    Choice beside(StepCost other) {
        return new Choice(meter, plan, model, other);
    }

    /** The same with the optimizer's state and the averaged weights in half of the memory. */
    Choice compact() {
        TrainingPlan compact = plan.withOptimizer(plan.optimizer().compact());
        double saved = meter.kept(plan).total() - meter.kept(compact).total();
        return new Choice(meter, compact, model.without(saved), beside.without(saved));
    }

    /** The most megabytes in use if images go one by one. */
    double leastPeak() {
        return Math.max(model.peak(plan.batchSize(), 1), beside.peak());
    }

    boolean fits() {
        return leastPeak() <= meter.limit();
    }

    /** What comes of it, with {@code heap} megabytes for images that are decoded. */
    TrainingForecast forecast(String why, double heap) {
        int batch = plan.batchSize();
        int wanted = Math.min(batch, plan.compute().microBatch().orElse(batch));
        int micro = Math.min(wanted, model.largestMicroBatch(batch, meter.limit()));
        TrainingPlan chosen = plan.withCompute(compute(micro));
        MemoryUse memory = meter.kept(plan).within(model.one().resident(), model.peak(batch, micro), heap);
        String reason = "%s: %s; a step needs %s".formatted(why, said(micro), needs(memory));
        return new TrainingForecast(
                chosen, memory, model.seconds(batch), meter.probe().cacheBytes(), reason);
    }

    /** With as many images beside the steps at once as there is room for. */
    private ComputePlan compute(int micro) {
        ComputePlan compute = plan.compute().withMicroBatch(micro);
        if (beside.peak() == 0) {
            return compute;
        }
        double room = (meter.limit() - beside.resident()) / Math.max(1, beside.activations());
        long images = Math.max(1, (long) Math.min(room, compute.beside().pixelsAtOnce()));
        long pixels = Math.min(
                images * meter.probe().images().size().area(), compute.beside().pixelsAtOnce());
        return compute.withBeside(compute.beside().withPixelsAtOnce(pixels));
    }

    private String said(int micro) {
        return String.format(
                Locale.ROOT,
                "%d of %d images together, blocks %s%s",
                micro,
                plan.batchSize(),
                plan.compute().gradientCheckpointing() ? "computed again" : "kept",
                plan.optimizer().isCompact() ? ", optimizer and averages in bf16" : "");
    }

    private String needs(MemoryUse memory) {
        return String.format(Locale.ROOT, "%,.0f MB and %.1f s", memory.total(), model.seconds(plan.batchSize()));
    }
}
