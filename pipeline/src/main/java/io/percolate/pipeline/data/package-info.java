/**
 * Folders of images with captions, and batches made from them.
 *
 * <p>{@link io.percolate.pipeline.data.ImageDataset} lists a folder, {@link io.percolate.pipeline.data.DataOrder} says
 * in which order its images come (endless shuffled epochs that can be resumed at a {@link
 * io.percolate.pipeline.data.Position}, or each once), and {@link io.percolate.pipeline.data.BatchLoader} decodes
 * them in the background. A {@link io.percolate.pipeline.data.Framing} says what size they come in:
 *
 * <pre>{@code
 * ImageDataset trained = ImageDataset.open(folder).split(Split.TRAIN);
 * LoaderConfig config = LoaderConfig.training(16, ImageTransform.square(128));
 * try (BatchLoader loader = BatchLoader.shuffled(trained, config, seed, Position.START)) {
 *     try (Batch batch = loader.next(manager)) {
 *         step(batch.images(), batch.captions());
 *     }
 * }
 * }</pre>
 */
@NullMarked
package io.percolate.pipeline.data;

import org.jspecify.annotations.NullMarked;
