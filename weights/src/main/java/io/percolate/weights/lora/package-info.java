/**
 * Low-rank updates (LoRA): {@link io.percolate.weights.lora.LoraFile} merges them into a network's tensors while they are
 * read. {@code LoraReader} sorts a file's tensors into updates, {@code LoraFit} finds the layers that they are for.
 */
@NullMarked
package io.percolate.weights.lora;

import org.jspecify.annotations.NullMarked;
