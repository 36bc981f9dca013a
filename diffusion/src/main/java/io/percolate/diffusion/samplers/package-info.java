/**
 * Samplers: from noise to an image in few steps.
 *
 * <p>{@link io.percolate.diffusion.samplers.published.SamplerConfig} is the way in: read from a model's
 * {@code scheduler_config.json}, or made for a sampler and a process. It plans {@code Steps} and makes the
 * {@code Estimator} that a {@link io.percolate.diffusion.samplers.Sampler} takes:
 *
 * <pre>{@code
 * SamplerConfig config = SamplerConfig.read(json).with(SamplerKind.EULER);
 * Sampler sampler = config.sampler();
 * Discretisation levels = config.levels();
 * NDArray x = Aten.scale(noise, sampler.initialNoise(levels, 20));
 * NDArray latents = sampler.sample(config.estimator(network), x, sampler.steps(levels, 20), StepNoise.NONE);
 * }</pre>
 *
 * <p>A run from an image starts later, from a noisy version of it:
 *
 * <pre>{@code
 * Steps steps = sampler.steps(levels, 20, 0.6);
 * NDArray x = sampler.space().addNoise(image, noise, steps.start());
 * }</pre>
 *
 * <p>To add a sampler, write one record that implements {@code Sampler}, usually through one of {@code
 * StridedSampler} (whole timesteps), {@code SigmaSampler} (x0 + sigma epsilon) or {@code LogSnrSampler}, and
 * give it a line in {@link io.percolate.diffusion.samplers.published.SamplerKind}.
 */
package io.percolate.diffusion.samplers;
