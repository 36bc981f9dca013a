/**
 * A text encoder that learns what things are called, before or between trainings of the denoiser that reads it: {@link
 * io.percolate.pipeline.training.text.TextTrainer} is the way in, a {@link
 * io.percolate.pipeline.training.text.WordsRecipe} says how, {@code CaptionClassifier} has the loss.
 */
@NullMarked
package io.percolate.pipeline.training.text;

import org.jspecify.annotations.NullMarked;
