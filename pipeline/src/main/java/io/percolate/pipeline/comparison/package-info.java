/**
 * Pixel space against latent space: {@link io.percolate.pipeline.comparison.Comparison} trains the same denoiser in both
 * on the same images in the same time, generates the same images with both, and measures what came of it.
 *
 * <p>{@link io.percolate.pipeline.comparison.ComparisonSettings} say what is compared. {@code ComparedImages} splits the
 * data set into images to train on and to compare with. {@code Stages} remembers what is finished, so that a comparison
 * that was killed goes on where it was. Each {@code Arm} is trained, then {@code ArmSampling} generates with it; {@link
 * io.percolate.pipeline.comparison.Quality} is measured on all that was generated. The {@link
 * io.percolate.pipeline.comparison.ComparisonReport} holds all numbers; {@code ReportFiles} writes it with its images,
 * {@code ReportText} makes it readable.
 */
@NullMarked
package io.percolate.pipeline.comparison;

import org.jspecify.annotations.NullMarked;
