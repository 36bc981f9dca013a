/**
 * Fine-tuning of models that exist: a {@code BaseModel}, frozen, and an {@code Adaptation}, which is what is trained of it
 * or beside it: low-rank updates ({@code LoraAdaptation}), the vectors of a new token ({@code EmbeddingAdaptation}) or the
 * whole denoiser ({@code WholeAdaptation}). The step is that of every diffusion training, {@link
 * io.percolate.pipeline.training.DiffusionStep}. {@link io.percolate.pipeline.training.tuning.TuningTrainer} is the way
 * in, a {@link io.percolate.pipeline.training.tuning.TuningRecipe} says how.
 */
@NullMarked
package io.percolate.pipeline.training.tuning;

import org.jspecify.annotations.NullMarked;
