/**
 * A ControlNet in training: {@link io.percolate.pipeline.training.control.ControlImages} makes what it is shown, {@link
 * io.percolate.pipeline.training.control.ControlSteering} has it steer the denoiser.
 */
@NullMarked
package io.percolate.pipeline.training.control;

import org.jspecify.annotations.NullMarked;
