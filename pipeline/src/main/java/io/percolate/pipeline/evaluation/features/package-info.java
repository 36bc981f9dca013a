/**
 * How far images are from real ones, judged by what a network sees in them.
 *
 * <p>{@link io.percolate.pipeline.evaluation.features.FeatureNetwork} turns images into feature vectors. {@link
 * io.percolate.pipeline.evaluation.features.FrechetDistance}, {@link
 * io.percolate.pipeline.evaluation.features.KernelDistance} and {@link
 * io.percolate.pipeline.evaluation.features.Manifold} compare two sets of those, which are float64 arrays (N,D): a row for
 * each image. {@link io.percolate.pipeline.evaluation.features.FeatureMetrics} has all of them.
 */
@NullMarked
package io.percolate.pipeline.evaluation.features;

import org.jspecify.annotations.NullMarked;
