/**
 * How good a model is, in numbers: {@link io.percolate.pipeline.evaluation.Reconstruction} of the autoencoder and {@link
 * io.percolate.pipeline.evaluation.Retrieval} of images by what was drawn for their captions, both measured by
 * {@link io.percolate.pipeline.evaluation.Evaluation}; and {@link io.percolate.pipeline.evaluation.SlicedWasserstein}, how
 * far two sets of images are from each other, captions or not.
 */
package io.percolate.pipeline.evaluation;
