/**
 * How good a model is, in numbers.
 *
 * <p>{@link io.percolate.pipeline.evaluation.Evaluation} encodes a data set, generates images within a {@link
 * io.percolate.pipeline.evaluation.SampleBudget} and gives one {@link io.percolate.pipeline.evaluation.Measurement} of
 * each kind that model and data allow: {@link io.percolate.pipeline.evaluation.Reconstruction} by the autoencoder, {@link
 * io.percolate.pipeline.evaluation.Retrieval} of images by what was generated for their captions, and {@link
 * io.percolate.pipeline.evaluation.Distance} between generated and real images, which {@link
 * io.percolate.pipeline.evaluation.SlicedWasserstein} measures, or {@link
 * io.percolate.pipeline.evaluation.FeatureDistance} by the features of a network. {@link io.percolate.pipeline.evaluation.Originality} tells copies of trained images.
 */
@NullMarked
package io.percolate.pipeline.evaluation;

import org.jspecify.annotations.NullMarked;
