/**
 * The part of AUTOMATIC1111's interface that makes images, for clients that speak it: {@link
 * io.percolate.studio.automatic.AutomaticRoutes}. What a request leaves open is the model's own choice, not that of
 * Stable Diffusion 1.5.
 */
@NullMarked
package io.percolate.studio.automatic;

import org.jspecify.annotations.NullMarked;
