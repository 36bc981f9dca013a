/**
 * Optimisation: what happens between the gradients of one step and the forward pass of the next.
 *
 * <p>{@link io.percolate.nn.optim.Optimizer} is one step from end to end: {@link
 * io.percolate.nn.optim.GradientClipping} limits the gradient, {@link io.percolate.nn.optim.AdamW} moves the
 * weights at the rate that {@link io.percolate.nn.optim.LearningRate} gives for the step, {@link
 * io.percolate.nn.optim.Ema} averages them, {@link io.percolate.nn.optim.OuterRule} pulls them back every few steps. Each part also works alone. All state can be saved and restored by
 * parameter name, and each part costs a few native calls however many parameters the model has.
 */
@NullMarked
package io.percolate.nn.optim;

import org.jspecify.annotations.NullMarked;
