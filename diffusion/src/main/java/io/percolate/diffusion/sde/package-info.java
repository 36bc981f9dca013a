/**
 * Diffusion in continuous time, and the score view of it (Song et al. 2021).
 *
 * <p>An {@link io.percolate.diffusion.sde.Sde} turns data into noise: {@link
 * io.percolate.diffusion.sde.VariancePreserving}, {@link io.percolate.diffusion.sde.SubVariancePreserving} or {@link
 * io.percolate.diffusion.sde.VarianceExploding}. A {@link io.percolate.diffusion.sde.ScoreModel} adds the {@link
 * io.percolate.diffusion.sde.Score}, which any trained network gives. An {@link io.percolate.diffusion.sde.SdeSampler}
 * goes back: {@link io.percolate.diffusion.sde.EulerMaruyama} and {@link
 * io.percolate.diffusion.sde.PredictorCorrector} at random, {@link io.percolate.diffusion.sde.ProbabilityFlow} by an
 * {@link io.percolate.diffusion.sde.OdeSolver}, which also encodes data as noise; {@link
 * io.percolate.diffusion.sde.Slerp} goes from one noise to another. {@link
 * io.percolate.diffusion.sde.FlowLikelihood} is the exact likelihood.
 */
@NullMarked
package io.percolate.diffusion.sde;

import org.jspecify.annotations.NullMarked;
