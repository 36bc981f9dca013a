/**
 * Samplers and noise processes as published models configure them.
 *
 * <p>{@link io.percolate.diffusion.samplers.published.SamplerConfig} is what a {@code scheduler_config.json} holds.
 * {@link io.percolate.diffusion.samplers.published.SchedulerJson} reads and writes it as JSON, {@link
 * io.percolate.diffusion.samplers.published.SchedulerFiles} in a folder. {@link
 * io.percolate.diffusion.samplers.published.SamplerKind} lists all samplers by name. Each has a codec, such as {@code
 * DpmSolverJson}, that turns the keys of its class into a sampler and back; {@code SchedulerClass} holds every key of
 * every class with its default.
 */
@NullMarked
package io.percolate.diffusion.samplers.published;

import org.jspecify.annotations.NullMarked;
