/**
 * Generation steered by images: {@link io.percolate.pipeline.control.Control} says what one ControlNet is shown and how
 * strongly it steers, {@link io.percolate.pipeline.control.Controls} puts those of a request to work, {@link
 * io.percolate.pipeline.control.ControlledNetwork} is the denoiser that comes of it.
 */
@NullMarked
package io.percolate.pipeline.control;

import org.jspecify.annotations.NullMarked;
