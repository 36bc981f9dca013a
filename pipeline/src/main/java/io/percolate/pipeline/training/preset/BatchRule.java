package io.percolate.pipeline.training.preset;

import io.percolate.nn.optim.LearningRate;
import io.percolate.pipeline.training.recipe.TrainingPlan;

/** What another batch changes beside itself: the learning rate goes with its square root (Malladi et al. 2022). */
final class BatchRule {

    private BatchRule() {}

    static TrainingPlan withBatch(TrainingPlan plan, int images) {
        LearningRate rate = plan.optimizer().learningRate();
        double factor = Math.sqrt((double) images / plan.batchSize());
        return plan.withBatchSize(images)
                .withOptimizer(plan.optimizer().withLearningRate(rate.withPeak(rate.peak() * factor)));
    }
}
