/**
 * The chain: encode, diffuse, decode; for generating, training and measuring.
 *
 * <p>{@link io.percolate.pipeline.Pipeline} is what users hold. It opens a {@link io.percolate.pipeline.model.DiffusionModel}
 * and answers each {@link io.percolate.pipeline.generation.GenerationRequest} with one {@code Generation}, the shortest way to
 * see how an image comes about: {@code Settings} fill in what a request leaves open, an {@code Easel} prepares the
 * {@code Canvas} (noise, or an image under noise), a {@code Guide} tells the denoiser about the prompts. {@link
 * io.percolate.pipeline.model.ImageCodec} is where diffusion runs, in latents or on pixels.
 *
 * <p>{@code ModelLoader} builds a model of {@code ModelConfigs} and {@code ModelWeights}, which come from a folder, or
 * from a single file and its family; {@link io.percolate.pipeline.model.Lora}s are merged into them while they are read. On
 * request the parts take turns in memory ({@link io.percolate.pipeline.model.LoadOptions#withOffload}). {@link
 * io.percolate.pipeline.model.Conversion} writes one as the other.
 *
 * <p>The packages below read images ({@code images}) and folders of them ({@code data}), train ({@code training}),
 * measure quality ({@code evaluation}) and speed ({@code bench}), set pixel space against latent space ({@code
 * comparison}), look into files ({@code inspection}) and make up the command ({@code cli}).
 */
package io.percolate.pipeline;
