/**
 * The mathematics of denoising diffusion.
 *
 * <p>{@link io.percolate.diffusion.process.BetaSchedule} says how much noise each timestep adds, {@link
 * io.percolate.diffusion.process.NoiseSchedule} what that leaves of an image; a {@link
 * io.percolate.diffusion.process.NoiseLevel} is one point on it. {@link io.percolate.diffusion.process.Prediction} is
 * what a network predicts: it makes the training target, and turns a {@link io.percolate.diffusion.process.Denoiser}
 * (the raw network, perhaps guided) into the {@link io.percolate.diffusion.process.DenoisedPredictor} that samplers
 * take. {@link io.percolate.diffusion.process.DiffusionProcess} is all of it for one trained model.
 *
 * <p>To train, {@link io.percolate.diffusion.process.TimestepDistribution} samples the timesteps and {@link
 * io.percolate.diffusion.process.DiffusionLoss} measures the error. To judge, {@link
 * io.percolate.diffusion.process.VariationalBound} bounds the likelihood of pixels or latents.
 */
@NullMarked
package io.percolate.diffusion.process;

import org.jspecify.annotations.NullMarked;
