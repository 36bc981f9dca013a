/**
 * The steps of a sampling run: which noise levels it visits, and who watches.
 *
 * <p>A {@link io.percolate.diffusion.steps.TimestepSchedule} says how steps are spread, a {@link
 * io.percolate.diffusion.steps.SigmaSchedule} applies it to the noise schedule of a model. What comes out is a list of
 * {@link io.percolate.diffusion.steps.Step}s, each a stored pair of {@linkplain
 * io.percolate.diffusion.process.NoiseLevel noise levels}: nobody computes the previous timestep a second time.
 *
 * <p>{@link io.percolate.diffusion.steps.Steps} takes them one after the other, frees what a step leaves, and tells a
 * {@link io.percolate.diffusion.steps.StepListener}. Noise comes from a {@link
 * io.percolate.diffusion.steps.StepNoise}.
 */
@NullMarked
package io.percolate.diffusion.steps;

import org.jspecify.annotations.NullMarked;
