/**
 * The chain: encode, diffuse, decode; for generating, training and measuring.
 *
 * <p>{@link io.percolate.pipeline.Pipeline} is what users hold. It opens a {@link io.percolate.pipeline.DiffusionModel}
 * and answers each {@link io.percolate.pipeline.GenerationRequest} with one {@code Generation}, the shortest way to
 * see how a picture comes about. {@link io.percolate.pipeline.ImageSpace} is where diffusion runs, in latents or on
 * pixels. The packages below read pictures ({@code images}) and folders of them ({@code data}), train ({@code
 * training}), measure ({@code evaluation}) and make up the command ({@code cli}).
 */
package io.percolate.pipeline;
