/**
 * The engine: native operators, gradients, number types and memory.
 *
 * <p>{@link io.percolate.nn.engine.Aten} calls the operators that DJL lacks, {@link io.percolate.nn.engine.OneDnn}
 * those that want prepacked weights, {@link io.percolate.nn.engine.TensorList} those that change a whole model's tensors
 * in one call. {@link io.percolate.nn.engine.Gradients} differentiates, {@link
 * io.percolate.nn.engine.GradientCheckpointing} does so in less memory. {@link io.percolate.nn.engine.Scope} frees
 * intermediate arrays, {@link io.percolate.nn.engine.TorchArray} copies numbers from Java into the engine's memory, and
 * {@link io.percolate.nn.engine.Precision} names the number types.
 */
@NullMarked
package io.percolate.nn.engine;

import org.jspecify.annotations.NullMarked;
