/**
 * The mathematics of denoising diffusion: adding noise, saying what a network should predict, and reading
 * what it predicted.
 *
 * <p>{@link io.percolate.diffusion.BetaSchedule} says how much noise each timestep adds, {@link
 * io.percolate.diffusion.NoiseSchedule} what that leaves of an image, {@link
 * io.percolate.diffusion.NoiseLevel} is one point on it. {@link io.percolate.diffusion.Prediction} is what a
 * network says: it makes the training target, and turns a {@link io.percolate.diffusion.Denoiser} (the raw
 * network, perhaps guided) into the {@link io.percolate.diffusion.Estimator} that samplers take. {@link
 * io.percolate.diffusion.DiffusionProcess} is all of it for one trained model.
 *
 * <p>To train, {@link io.percolate.diffusion.TimestepDistribution} draws the timesteps and {@link
 * io.percolate.diffusion.DiffusionLoss} measures the error. To judge, {@link
 * io.percolate.diffusion.VariationalBound} bounds the likelihood of pixels. {@link io.percolate.diffusion.Sde} is
 * the same process in continuous time. The network itself is in {@code unet}, the ways back from noise in
 * {@code samplers}.
 */
package io.percolate.diffusion;
