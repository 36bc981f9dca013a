/**
 * What the score view of diffusion says of images: how likely they are.
 *
 * <p>{@link io.percolate.pipeline.score.Likelihood} measures the images of a data set as {@link
 * io.percolate.pipeline.score.LikelihoodSettings} say and gives a {@link io.percolate.pipeline.score.LikelihoodReport}:
 * the variational bound term by term ({@link io.percolate.pipeline.score.BoundReport}, {@link
 * io.percolate.pipeline.score.BoundPlot}), what it bounds in pixels when a decoder follows ({@link
 * io.percolate.pipeline.score.DecoderReport}), and the exact likelihood ({@link io.percolate.pipeline.score.FlowReport}).
 * {@link io.percolate.pipeline.score.RateDistortion} tells in a {@link io.percolate.pipeline.score.RateReport} what the bits
 * of a bound buy.
 */
@NullMarked
package io.percolate.pipeline.score;

import org.jspecify.annotations.NullMarked;
