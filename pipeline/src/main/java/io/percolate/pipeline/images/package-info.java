/**
 * Image files in and out.
 *
 * <p>{@link io.percolate.pipeline.images.ImageFiles} reads whatever people have as upright 8-bit images, {@link
 * io.percolate.pipeline.images.ImageTransform} brings them to the size a model wants (with {@link
 * io.percolate.pipeline.images.Lanczos}), and {@link io.percolate.pipeline.images.Pixels} is the border between
 * images and arrays in [-1,1]. On the way out, {@link io.percolate.pipeline.images.ParameterText} travels inside
 * the PNG and says how the image was made, and {@link io.percolate.pipeline.images.ImageGrid} puts many on one sheet.
 */
@NullMarked
package io.percolate.pipeline.images;

import org.jspecify.annotations.NullMarked;
