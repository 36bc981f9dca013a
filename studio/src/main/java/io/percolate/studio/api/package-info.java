/**
 * Percolate's own interface, which the page uses: {@link io.percolate.studio.api.GenerateRoutes} streams a generation as
 * server-sent events, {@link io.percolate.studio.api.ListRoutes} tells what there is.
 */
@NullMarked
package io.percolate.studio.api;

import org.jspecify.annotations.NullMarked;
