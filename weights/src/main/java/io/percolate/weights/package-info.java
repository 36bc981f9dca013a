/**
 * Opens the files that models are published in.
 *
 * <p>{@link io.percolate.weights.WeightFile} opens weights whatever their form, as a {@link
 * io.percolate.weights.tensors.StateDict}. {@link io.percolate.weights.SingleFile} reads and writes a whole model in one
 * file; its views have the names of a diffusers folder, which are also those of the layers here. {@link
 * io.percolate.weights.EmbeddedModel} is the model that ships in the jar.
 *
 * <p>The openers stand on rooms that do not know them: {@code tensors}, {@code safetensors}, {@code pickle}, {@code
 * layout} (the names of published families) and {@code lora}.
 *
 * <p>A file that does not hold what it should ends in a {@link io.percolate.weights.tensors.WeightsException}; failures
 * of the disk are {@link java.io.UncheckedIOException}s.
 */
@NullMarked
package io.percolate.weights;

import org.jspecify.annotations.NullMarked;
