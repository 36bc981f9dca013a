/**
 * Models: opened, put together and converted.
 *
 * <p>A {@link io.percolate.pipeline.model.DiffusionModel} is the parts of a loaded model; {@link
 * io.percolate.pipeline.model.ImageCodec} is the part between pixels and latents. {@link
 * io.percolate.pipeline.model.ModelLoader} builds one of {@link io.percolate.pipeline.model.ModelConfigs} and {@code
 * ModelWeights}. Both come from a folder in the layout of diffusers, or from a single file, whose family {@link
 * io.percolate.pipeline.model.PublishedConfigs} knows. {@link io.percolate.pipeline.model.Lora}s are merged into the
 * weights while they are read. With {@link io.percolate.pipeline.model.LoadOptions#withOffload} only the part that works
 * is in memory. {@link io.percolate.pipeline.model.Conversion} writes a model in another form.
 *
 * <p>What may be absent is an {@link java.util.Optional}; nothing is ever null. A null argument is refused at once, by
 * its name.
 */
@NullMarked
package io.percolate.pipeline.model;

import org.jspecify.annotations.NullMarked;
