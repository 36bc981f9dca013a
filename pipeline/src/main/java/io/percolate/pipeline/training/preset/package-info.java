/**
 * Networks and batches for people without a recipe: {@link io.percolate.pipeline.training.preset.Presets} chooses them
 * by the size of the images. All sizes of networks are in two tables, {@code VaePreset} and {@code DenoiserPreset}.
 */
@NullMarked
package io.percolate.pipeline.training.preset;

import org.jspecify.annotations.NullMarked;
