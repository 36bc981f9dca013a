/**
 * Picture files in and out.
 *
 * <p>{@link io.percolate.pipeline.images.ImageFiles} reads whatever people have as upright 8-bit pictures, {@link
 * io.percolate.pipeline.images.ImageTransform} brings them to the size a model wants (with {@link
 * io.percolate.pipeline.images.Lanczos}), and {@link io.percolate.pipeline.images.Pixels} is the border between
 * pictures and arrays in [-1,1]. On the way out, {@link io.percolate.pipeline.images.GenerationText} travels inside
 * the PNG and says how the picture was made, and {@link io.percolate.pipeline.images.ImageGrid} puts many on one sheet.
 */
package io.percolate.pipeline.images;
