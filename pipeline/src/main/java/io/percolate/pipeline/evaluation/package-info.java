/**
 * How good a model is, in numbers: {@link io.percolate.pipeline.evaluation.Reconstruction} of the autoencoder and {@link
 * io.percolate.pipeline.evaluation.Retrieval} of pictures by what was drawn for their captions, both measured by
 * {@link io.percolate.pipeline.evaluation.Evaluation}.
 */
package io.percolate.pipeline.evaluation;
