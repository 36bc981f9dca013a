/**
 * Fine-tuning of models that exist: a {@code BaseModel}, frozen, and an {@code Adaptation}, which is what is trained of it
 * or beside it: low-rank updates ({@code LoraAdaptation}), the vectors of a new token ({@code EmbeddingAdaptation}), the
 * whole denoiser ({@code WholeAdaptation}), or what steers it ({@code ControlNetAdaptation}). The step is that of every
 * diffusion training, {@link io.percolate.pipeline.training.DiffusionStep}, or a distillation's ({@code
 * ConsistencyAdaptation}). {@link io.percolate.pipeline.training.tuning.TuningTrainer} is the way
 * in, a {@link io.percolate.pipeline.training.tuning.TuningRecipe} says how.
 */
@NullMarked
package io.percolate.pipeline.training.tuning;

import org.jspecify.annotations.NullMarked;
