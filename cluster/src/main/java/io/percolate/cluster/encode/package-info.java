/**
 * {@code percolate cluster encode}: fills the cache of latents that {@code percolate train diffusion --cache} reads, many
 * machines at a time. The driver asks {@code pipeline.training.space.CachePlan} what is missing; one job reads files of
 * unknown content, the next encodes the missing shards, one a task.
 */
@NullMarked
package io.percolate.cluster.encode;

import org.jspecify.annotations.NullMarked;
