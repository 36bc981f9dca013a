/**
 * Randomness, always passed as a parameter.
 *
 * <p>{@link io.percolate.nn.random.NoiseSource} is all that generation uses, with one seed for each image; {@link
 * io.percolate.nn.random.TorchNoise} gives the numbers that torch gives for a seed. {@link
 * io.percolate.nn.random.RandomStream} is all that training uses, and can be saved and restored.
 */
@NullMarked
package io.percolate.nn.random;

import org.jspecify.annotations.NullMarked;
