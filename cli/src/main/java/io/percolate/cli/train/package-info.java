/** {@code percolate train vae} and {@code percolate train diffusion}, which share {@code TrainingOptions}. */
@NullMarked
package io.percolate.cli.train;

import org.jspecify.annotations.NullMarked;
