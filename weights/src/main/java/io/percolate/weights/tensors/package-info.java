/**
 * Named tensors in files, whatever the format.
 *
 * <p>A {@link io.percolate.weights.tensors.StateDict} has names, types and shapes, and reads values when asked for. {@link
 * io.percolate.weights.tensors.TensorMap} is how all of them are made: from a file's tensors, from arrays in memory, or
 * as a view of another with other names or changed values. {@link io.percolate.weights.tensors.StrictLoading} gives a
 * network exactly the tensors that it has parameters for, or reports everything that does not fit.
 */
@NullMarked
package io.percolate.weights.tensors;

import org.jspecify.annotations.NullMarked;
