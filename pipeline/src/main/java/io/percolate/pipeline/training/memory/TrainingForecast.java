package io.percolate.pipeline.training.memory;

import io.percolate.pipeline.training.recipe.TrainingPlan;

/**
 * What a training will take, measured on a few steps.
 *
 * @param plan how it is trained, with everything that a memory budget left open
 * @param memory what it needs at most
 * @param secondsPerStep how long a step takes
 * @param cacheBytes what is encoded before the training; 0 if nothing is
 * @param reason why the plan is what it is, a sentence
 */
public record TrainingForecast(
        TrainingPlan plan, MemoryUse memory, double secondsPerStep, long cacheBytes, String reason) {}
