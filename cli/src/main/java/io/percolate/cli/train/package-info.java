/** {@code percolate train vae} and {@code percolate train diffusion}, which share {@code TrainingOptions}. */
package io.percolate.cli.train;
