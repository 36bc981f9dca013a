/**
 * From a request to images. {@code Generation.run} tells the whole; read it first.
 *
 * <p>A {@link io.percolate.pipeline.generation.GenerationRequest} has four parts: {@link
 * io.percolate.pipeline.generation.Prompts}, {@link io.percolate.pipeline.generation.ImagePlan}, {@link
 * io.percolate.pipeline.generation.Sampling} and a {@link io.percolate.pipeline.generation.GenerationTask}. The task is
 * what text-to-image, image-to-image, inpainting and instruct editing differ in; for each batch it becomes a {@code
 * PreparedTask}, its noise and images as tensors. {@code ResolvedRequest} fills in what a request leaves open from the
 * model's defaults. {@code PromptEncoder} knows whether a model follows text, classes or nothing.
 *
 * <p>What a request or a model may leave open is an {@link java.util.Optional}; nothing is ever null. A null argument is
 * refused at once, by its name.
 */
@NullMarked
package io.percolate.pipeline.generation;

import org.jspecify.annotations.NullMarked;
