/**
 * Few-step models: distilled to make an image in one to eight steps, with a sampler and a guidance scale of their own.
 *
 * <p>{@link io.percolate.pipeline.fewstep.FewSteps} is what the files of a model tell of that. {@code SchedulerEvidence}
 * reads it in their configs, {@code DistilledName} in their names, which is all that many of them say it by.
 */
@NullMarked
package io.percolate.pipeline.fewstep;

import org.jspecify.annotations.NullMarked;
