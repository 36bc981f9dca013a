/**
 * What a denoiser in training is told about images: a {@link io.percolate.pipeline.training.conditioning.Conditioning} of
 * captions, of classes or of nothing; and the text encoder that learns along with it.
 */
@NullMarked
package io.percolate.pipeline.training.conditioning;

import org.jspecify.annotations.NullMarked;
