/**
 * Denoising diffusion: adding noise, predicting what was added, and sampling back from noise to an image.
 *
 * <p>The rooms, in the order in which to read them:
 *
 * <ul>
 *   <li>{@link io.percolate.diffusion.process}: the mathematics, from noise schedules to training losses.
 *   <li>{@link io.percolate.diffusion.unet}: the network; {@link io.percolate.diffusion.unet.published} reads and writes
 *       its folders.
 *   <li>{@link io.percolate.diffusion.steps}: the noise levels that a sampling run visits.
 *   <li>{@link io.percolate.diffusion.samplers}: the ways back from noise; {@link
 *       io.percolate.diffusion.samplers.published} reads and writes their configs.
 *   <li>{@link io.percolate.diffusion.sde}: the same in continuous time, and the score view of it.
 * </ul>
 */
@NullMarked
package io.percolate.diffusion;

import org.jspecify.annotations.NullMarked;
