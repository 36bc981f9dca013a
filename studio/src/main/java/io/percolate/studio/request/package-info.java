/**
 * From what a client sends to a {@link io.percolate.pipeline.generation.GenerationRequest}, within {@link
 * io.percolate.studio.request.Limits}: all interfaces go through {@link io.percolate.studio.request.LimitedRequest}, so
 * that none asks for more than another.
 */
@NullMarked
package io.percolate.studio.request;

import org.jspecify.annotations.NullMarked;
