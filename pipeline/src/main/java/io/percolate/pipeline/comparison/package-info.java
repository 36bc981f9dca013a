/**
 * Pixel space against latent space: {@link io.percolate.pipeline.comparison.Comparison} trains two or more denoisers, on
 * pixels or in latents, on the same images and with as much of the same each, generates the same images with all, and
 * measures what came of it.
 *
 * <p>{@link io.percolate.pipeline.comparison.ComparisonSettings} say what is compared, {@link
 * io.percolate.pipeline.comparison.arms.ArmRecipe}s what each arm is.
 * {@code ComparedImages} splits the data set into images to train on and to compare with. Its {@link
 * io.percolate.pipeline.comparison.stages.Stages} remember what is finished, so that a comparison that was killed goes on
 * where it was; those that take much memory may run in processes of their own. {@code Autoencoders} lead to the latents, {@code
 * ArmTraining} trains an {@code ArmRun} and has {@code ArmSampling} generate with it on the way and in the end; {@code
 * QualityMeter} measures all that was generated. The {@link
 * io.percolate.pipeline.comparison.report.ComparisonReport} holds all numbers.
 */
@NullMarked
package io.percolate.pipeline.comparison;

import org.jspecify.annotations.NullMarked;
