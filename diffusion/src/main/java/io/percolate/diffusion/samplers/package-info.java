/**
 * Samplers: from noise to an image in few steps.
 *
 * <p>A {@link io.percolate.diffusion.samplers.Sampler} is a function of the network, the noisy image, the steps and the
 * noise. Read {@link io.percolate.diffusion.samplers.Euler}, {@link io.percolate.diffusion.samplers.Ddim} or {@link
 * io.percolate.diffusion.samplers.DpmSolver} first: what each computes stands in its own file.
 *
 * <pre>{@code
 * DiffusionProcess process = DiffusionProcess.stableDiffusion();
 * SamplerConfig config = SamplerConfig.of(SamplerKind.EULER, process);
 * Sampler sampler = config.sampler();
 * SigmaSchedule schedule = config.sigmaSchedule();
 * NDArray x = Aten.scale(noise, sampler.initialNoise(schedule, 20));
 * NDArray latents = sampler.sample(config.predictor(network), x, sampler.steps(schedule, 20), StepNoise.NONE);
 * }</pre>
 *
 * <p>A run from an image starts later, from a noisy version of it:
 *
 * <pre>{@code
 * Steps steps = sampler.steps(schedule, 20, 0.6);
 * NDArray x = sampler.scaling().addNoise(image, noise, steps.start());
 * }</pre>
 *
 * <p>To add a sampler, write one record that implements {@code Sampler}, usually through one of {@code
 * StridedSampler} (whole timesteps), {@code SigmaSampler} (x0 + sigma epsilon) or {@code LogSnrSampler}. What samplers
 * remember of earlier steps is in {@code multistep}. Samplers know no config files: {@code published} reads and writes
 * those.
 */
@NullMarked
package io.percolate.diffusion.samplers;

import org.jspecify.annotations.NullMarked;
