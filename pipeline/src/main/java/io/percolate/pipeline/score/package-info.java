/**
 * The score view of diffusion: how likely images are, and what lies between two.
 *
 * <p>{@link io.percolate.pipeline.score.Likelihood} measures the images of a data set as {@link
 * io.percolate.pipeline.score.LikelihoodSettings} say and gives a {@link io.percolate.pipeline.score.LikelihoodReport}:
 * the variational bound term by term ({@link io.percolate.pipeline.score.BoundReport}, {@link
 * io.percolate.pipeline.score.BoundPlot}), what it bounds in pixels when a decoder follows ({@link
 * io.percolate.pipeline.score.DecoderReport}), and the exact likelihood ({@link io.percolate.pipeline.score.FlowReport}).
 * {@link io.percolate.pipeline.score.RateDistortion} tells in a {@link io.percolate.pipeline.score.RateReport} what the bits
 * of a bound buy.
 *
 * <p>{@link io.percolate.pipeline.score.ScoreView} samples a model by its reverse SDE, and encodes images as noise.
 */
@NullMarked
package io.percolate.pipeline.score;

import org.jspecify.annotations.NullMarked;
