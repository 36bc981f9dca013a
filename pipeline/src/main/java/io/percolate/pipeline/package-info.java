/**
 * The chain: encode, diffuse, decode; for generating, training and measuring.
 *
 * <p>{@link io.percolate.pipeline.Pipeline} is what users hold. It opens a {@link
 * io.percolate.pipeline.model.DiffusionModel} and answers each {@link
 * io.percolate.pipeline.generation.GenerationRequest} with one {@link io.percolate.pipeline.generation.Generation}.
 *
 * <p>The packages below open models ({@code model}), know those of few steps ({@code fewstep}), generate ({@code generation}), read images ({@code images}) and
 * folders of them ({@code data}), train ({@code training}), measure quality ({@code evaluation}) and set pixel space
 * against latent space ({@code comparison}).
 */
@NullMarked
package io.percolate.pipeline;

import org.jspecify.annotations.NullMarked;
