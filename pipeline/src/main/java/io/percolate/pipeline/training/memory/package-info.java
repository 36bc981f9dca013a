/**
 * Training within a memory budget. A {@link io.percolate.pipeline.training.memory.StepCost} is one measured step; {@link
 * io.percolate.pipeline.training.memory.StepModel} says from a few of them what a step of any micro-batch needs, and
 * {@link io.percolate.pipeline.training.memory.MemoryPlanner} chooses the fastest plan that fits.
 */
@NullMarked
package io.percolate.pipeline.training.memory;

import org.jspecify.annotations.NullMarked;
