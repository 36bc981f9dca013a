/**
 * Low-rank updates of frozen networks while they are trained (LoRA, Hu et al. 2021): {@link
 * io.percolate.nn.adapters.LowRankUpdates} adds them to a network's layers.
 */
@NullMarked
package io.percolate.nn.adapters;

import org.jspecify.annotations.NullMarked;
