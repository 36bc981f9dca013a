/**
 * What samplers keep of earlier steps, and the weights they combine it with.
 *
 * <p>{@link io.percolate.diffusion.samplers.multistep.History} holds the latest arrays of a run with their noise
 * levels. {@link io.percolate.diffusion.samplers.multistep.Lagrange} interpolates through them, {@link
 * io.percolate.diffusion.samplers.multistep.LogPolynomial} does so in log sigma, for DEIS; {@link
 * io.percolate.diffusion.samplers.multistep.UniPcWeights} solves the small linear system of UniPC.
 */
@NullMarked
package io.percolate.diffusion.samplers.multistep;

import org.jspecify.annotations.NullMarked;
