/**
 * The safetensors format: {@link io.percolate.weights.safetensors.SafeTensors} opens and writes files, {@link
 * io.percolate.weights.safetensors.Checkpoint} keeps the state of a training run in one.
 */
@NullMarked
package io.percolate.weights.safetensors;

import org.jspecify.annotations.NullMarked;
