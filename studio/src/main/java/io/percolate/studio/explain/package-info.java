/**
 * One generation as a chain to look at: {@link io.percolate.studio.explain.ChainWork} takes the same noise to an image
 * twice, with guidance and without, and tells every step of both.
 */
@NullMarked
package io.percolate.studio.explain;

import org.jspecify.annotations.NullMarked;
