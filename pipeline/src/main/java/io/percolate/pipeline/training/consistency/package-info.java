/**
 * Distillation of a guided denoiser into a latent consistency model, which generates in a few steps (Luo et al. 2023,
 * algorithm 1): {@link io.percolate.pipeline.training.consistency.ConsistencyStep} is one step of it from end to end, read
 * it first.
 */
@NullMarked
package io.percolate.pipeline.training.consistency;

import org.jspecify.annotations.NullMarked;
