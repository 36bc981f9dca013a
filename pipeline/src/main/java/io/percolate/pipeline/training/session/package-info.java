/**
 * One run of a training, whatever it trains: the loop, what it keeps, and who watches.
 *
 * <p>{@code TrainingLoop} repeats the step of a {@code TrainingTask} until the budget of a {@link
 * io.percolate.pipeline.training.session.TrainingSession} is spent. {@code TrainingState} is what a run needs to go on
 * after it was killed; {@code TrainingLog} and {@code LossPlot} show how it goes, and a {@link
 * io.percolate.pipeline.training.session.TrainingListener} sees every step.
 */
@NullMarked
package io.percolate.pipeline.training.session;

import org.jspecify.annotations.NullMarked;
